package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeatureTableTest {

  private static final String TAG = "@Ta" + "g(\"%s\")";

  private final Path folder;

  FeatureTableTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theTableSaysWhatTheTestsShow() {
    assertThat(new FeatureTable(Repository.found()).problems()).isEmpty();
  }

  @Test
  void aRowThatClaimsMoreThanTestsShowIsFound() throws IOException {
    write("docs/FEATURES.md", "| ST-1 | Value state | done | `ValueTest` |\n");

    assertThat(problems())
        .containsExactly("docs/FEATURES.md must say: | ST-1 | Value state | not yet | |");
  }

  @Test
  void aRowThatNamesOtherTestsIsFound() throws IOException {
    write("docs/FEATURES.md", "| ST-1 | Value state | not yet | |\n");
    write("state/src/test/java/ValueTest.java", TAG.formatted("ST-1"));
    write("engine/src/test/java/RunTest.java", TAG.formatted("ST-1"));

    assertThat(problems())
        .containsExactly(
            "docs/FEATURES.md must say: | ST-1 | Value state | done | `RunTest`, `ValueTest` |");
  }

  @Test
  void aTagWithoutARowIsFound() throws IOException {
    write("docs/FEATURES.md", "# Features\n");
    write("state/src/test/java/ValueTest.java", TAG.formatted("FAULT-57"));

    assertThat(problems())
        .containsExactly(
            "docs/FEATURES.md has no row for FAULT-57, which [ValueTest] shows; add one");
  }

  @Test
  void aTableThatIsRightHasNoProblems() throws IOException {
    write(
        "docs/FEATURES.md",
        "| ST-1 | Value state | done | `ValueTest` |\n| ST-9 | Window state | not yet | |\n");
    write("state/src/test/java/ValueTest.java", TAG.formatted("ST-1"));

    assertThat(problems()).isEmpty();
  }

  private List<String> problems() {
    return new FeatureTable(new Repository(folder)).problems();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
