package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("R30")
@Timeout(60)
final class ErrorPagesTest {

  private final ErrorPages project = new ErrorPages(Repository.found());

  private final Path folder;

  ErrorPagesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everyCodeHasItsPageAndEveryPageItsCode() {
    assertThat(project.problems()).isEmpty();
  }

  @Test
  void aCodeWithoutAPageIsFound() {
    assertThat(new ErrorPages(new Repository(folder)).problems())
        .hasSize(ErrorCode.values().length)
        .contains("docs/errors/INVALID_JOB.md is not there; write what the code means");
  }

  @Test
  void aPageThatLacksSomethingOrThatNothingNeedsIsFound() throws IOException {
    Path pages = Files.createDirectories(folder.resolve("docs/errors"));
    Files.writeString(pages.resolve("INVALID_JOB.md"), "# INVALID_JOB\n\n## What it means\n");
    Files.writeString(pages.resolve("NO_SUCH_CODE.md"), "# NO_SUCH_CODE\n");

    assertThat(new ErrorPages(new Repository(folder)).problems())
        .contains(
            "docs/errors/INVALID_JOB.md lacks \"## How it looks\"",
            "docs/errors/INVALID_JOB.md lacks \"Kind: user error.\"",
            "docs/errors/README.md does not list INVALID_JOB.md; add a link to it",
            "docs/errors/NO_SUCH_CODE.md explains no code; take it away");
  }

  @ParameterizedTest
  @EnumSource
  void aPageShowsWhatTheErrorSays(ErrorCode code) throws Exception {
    ErrorExamples examples = new ErrorExamples(folder);
    Optional<HeadraceException> failure = examples.of(code);

    failure.ifPresent(
        thrown -> {
          assertThat(thrown.code()).isEqualTo(code);
          assertThat(ErrorExamples.withoutNumbers(project.example(code)))
              .as("the message in docs/errors/%s.md; now it is: %s", code, thrown.getMessage())
              .isEqualTo(examples.text(thrown));
          assertThat(thrown.remedy()).endsWith(".");
        });
  }
}
