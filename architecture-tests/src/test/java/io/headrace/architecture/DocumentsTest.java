package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentsTest {

  private final Documents project = new Documents(Repository.found());

  private final Path folder;

  DocumentsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everyRelativeLinkLeadsSomewhere() {
    assertThat(project.brokenLinks()).isEmpty();
  }

  @Test
  void aLinkThatLeadsNowhereIsFound() throws IOException {
    write("docs/TIME.md", "# Time");
    write(
        "README.md",
        "[time](docs/TIME.md#late) [web](https://example.org) [here](#top) `[code](code.md)`\n"
            + "[space](docs/SPACE.md \"of keys\")");

    assertThat(documents().brokenLinks())
        .singleElement()
        .asString()
        .startsWith("README.md links to docs/SPACE.md, which is not there;");
  }

  @Test
  void everyDecisionIsListed() {
    assertThat(project.unlistedDecisions()).isEmpty();
  }

  @Test
  void aDecisionThatIsNotListedIsFound() throws IOException {
    write("docs/decisions/README.md", "- [Clocks](0001-clocks.md)");
    write("docs/decisions/0001-clocks.md", "# Clocks");
    write("docs/decisions/0002-threads.md", "# Threads");

    assertThat(documents().unlistedDecisions())
        .singleElement()
        .asString()
        .startsWith("docs/decisions/README.md does not list 0002-threads.md;");
  }

  @Test
  void noFileSaysWhereOrHowItWasWritten() {
    assertThat(project.misplacedWords()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run /wo#rk/main/build", "see /ro#ot/notes", "in this se#ssion", "a sub#agent"})
  void wordsOfTheWorkplaceAreFound(String words) throws IOException {
    write("docs/HOW.md", "# How\n\n" + words.replace("#", ""));

    assertThat(documents().misplacedWords())
        .singleElement()
        .asString()
        .startsWith("docs/HOW.md:3 says ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"net#work/root/x", "the ro#ot of all", "a session window", "./work/x"})
  void otherWordsAreFine(String words) throws IOException {
    write("docs/HOW.md", words.replace("#", ""));

    assertThat(documents().misplacedWords()).isEmpty();
  }

  private Documents documents() {
    return new Documents(new Repository(folder));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
