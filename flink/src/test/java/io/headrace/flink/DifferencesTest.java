package io.headrace.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a job that has every kind of difference: it is checked once. */
@Tag("R23")
@TestInstance(Lifecycle.PER_CLASS)
class DifferencesTest {

  private static final String HERE = " when it is made again in the same JVM. ";
  private static final String ELSEWHERE = " when it is made again in another JVM. ";

  private List<String> problems = List.of();

  @BeforeAll
  void check() {
    System.setProperty("differing", "here");
    Differing job = new Differing().greetingWith("hello");
    HeadraceException refused =
        catchThrowableOfType(HeadraceException.class, () -> PortableJobs.verifyPortable(job));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_JOB);
    problems = refused.reason().lines().filter(line -> line.startsWith("  - ")).toList();
  }

  /** The only thing that is said of an operator, or of a function of its own. */
  private String problem(String name) {
    List<String> found = problems.stream().filter(each -> each.contains(name)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void aCapturedTimeIsFound() {
    assertThat(problem("operator \"clock\""))
        .matches(
            "  - operator \"clock\", .*captured value #1: It is \\S+Z \\(java.time.Instant\\), but"
                + " \\S+Z \\(java.time.Instant\\)"
                + HERE
                + "It follows from a clock, chance, .*");
  }

  @Test
  void aCapturedTimeWithinOtherValuesIsFound() {
    assertThat(problem("operator \"nanoseconds\""))
        .contains("captured value #1, value of \"starts\", element #2: It is ", HERE);
  }

  @Test
  void aCapturedTimeBesideSomethingLargeIsFound() {
    assertThat(problem("operator \"beside\"")).contains("captured value #1, element #2: ", HERE);
  }

  @Test
  void chanceInAFieldOfAFunctionIsFound() {
    assertThat(problem("field tag"))
        .contains("function, field tag: ", "(java.util.UUID), but ", HERE);
  }

  @Test
  void aCountIsFound() {
    assertThat(problem("operator \"count\""))
        .matches(
            ".*: It is \\d \\(java.lang.Integer\\), but \\d \\(java.lang.Integer\\)" + HERE + ".*");
  }

  @Test
  void whatAJobWasGivenBesideItsSettingsIsFound() {
    assertThat(problem("operator \"given\""))
        .contains("\"hello\" (java.lang.String), but \"\" (java.lang.String)" + HERE);
  }

  @Test
  void aStaticFieldThatTheProgramHasSetIsFound() {
    assertThat(problem("operator \"static\""))
        .contains("\"hello\" (java.lang.String), but \"\" (java.lang.String)" + ELSEWHERE)
        .contains("from a static field, ");
  }

  @ParameterizedTest
  @CsvSource({
    "variable, a null",
    "property, a null",
    "file, false (java.lang.Boolean)",
    "relative, k/pom.xml",
    "zone, /",
    "date, (java.time.LocalDate)",
    "locale, tr_TR (java.util.Locale)",
    "format, in tr_TR at null",
    "charset, (sun.nio.cs.",
    "temporary, /temporary/out",
    "home, /home/out"
  })
  void whatFollowsFromTheEnvironmentIsFound(String operator, String elsewhere) {
    assertThat(problem("operator \"" + operator + "\"").replaceFirst(".*, but ", ""))
        .contains(elsewhere)
        .contains(ELSEWHERE);
  }

  @Test
  void anOrderThatNobodyPromisedIsFound() {
    assertThat(problems)
        .filteredOn(each -> each.contains("\"order\""))
        .hasSize(2)
        .allMatch(each -> each.contains(", element #") && each.contains(ELSEWHERE));
  }

  @Test
  void anOperatorOfAnotherFormIsFound() {
    assertThat(problem("operator \"parallelism\""))
        .contains("OptionalInt[2] (java.util.OptionalInt), but OptionalInt[1]", ELSEWHERE);
    assertThat(problem("operator \"only-here\"")).contains("$Sink, but not there" + ELSEWHERE);
  }

  @Test
  void anotherFunctionIsFound() {
    assertThat(problem("lambda$ofTheForm"))
        .matches(
            ".*Differing::lambda\\$\\S+ .*, but \\S+Differing::lambda\\$.*" + ELSEWHERE + ".*");
  }

  @Test
  void whatIsCapturedByWhatOpensAServiceIsFound() {
    assertThat(problem("value of java.io.Closeable"))
        .contains("the job, services, field byType, value of java.io.Closeable (java.lang.Class), ")
        .contains("opener, captured value #1: It is ", "(java.lang.Long), but ", HERE);
  }

  @Test
  void aServiceThatIsNotThereIsFound() {
    assertThat(problem("services, field byType: "))
        .contains("It is [java.io.Closeable, java.util.Random]")
        .contains("but [java.io.Closeable]", ELSEWHERE);
  }

  @Test
  void aSecretIsCut() {
    assertThat(problem("operator \"secret\""))
        .contains("s".repeat(59) + "... (")
        .doesNotContain("tail");
  }

  @Test
  void whatIsNotThereOnFlinkIsToldToo() {
    assertThat(problem("operator \"words\""))
        .contains("It has dead letters, and on Flink sources have none.");
  }

  @Test
  void nothingElseIsSaid() {
    assertThat(problems).hasSize(27);
  }
}
