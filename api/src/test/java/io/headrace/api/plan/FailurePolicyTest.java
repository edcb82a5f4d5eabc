package io.headrace.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.DeadLetter;
import io.headrace.api.Job;
import io.headrace.api.OnFailure;
import io.headrace.api.Pipeline;
import io.headrace.api.SideOutput;
import io.headrace.api.Stream;
import io.headrace.api.WrittenStream;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N15")
class FailurePolicyTest {

  private static Stream<Long> numbers(Pipeline pipeline) {
    return pipeline.source("numbers", Sources.generate(Long.class, 10, index -> index));
  }

  private static List<String> problems(Job job) {
    return Plan.of(job).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void anOperatorFailsTheJobUnlessSomethingElseIsSaid() {
    Plan plan = Plan.of(pipeline -> numbers(pipeline).sink("out", Sinks.print()));

    assertThat(plan.nodes())
        .extracting(node -> node.options().onFailure())
        .containsOnly(OnFailure.FAIL);
  }

  @Test
  void whatIsSaidHoldsForTheOperatorThatProducesTheStream() {
    Plan plan =
        Plan.of(
            pipeline ->
                numbers(pipeline)
                    .map(number -> 100 / number)
                    .skipFailures()
                    .sink("out", Sinks.print()));

    assertThat(plan.problems()).isEmpty();
    assertThat(plan.nodes())
        .extracting(node -> node.options().onFailure())
        .containsExactly(OnFailure.FAIL, OnFailure.SKIP, OnFailure.FAIL);
  }

  @Test
  void deadLettersAreAStreamLikeAnyOther() {
    Plan plan =
        Plan.of(
            pipeline -> {
              WrittenStream out = numbers(pipeline).sink("out", Sinks.print());
              out.deadLetters().map(DeadLetter::error).sink("dead", Sinks.print());
            });

    assertThat(plan.problems()).isEmpty();
    assertThat(plan.node(new NodeId(1)).options().onFailure()).isEqualTo(OnFailure.DEAD_LETTER);
    assertThat(plan.node(new NodeId(2)).inputs().get(0).type()).contains(DeadLetter.class);
  }

  @Test
  void deadLettersMustGoSomewhere() {
    assertThat(
            problems(
                pipeline -> {
                  Stream<Long> numbers = numbers(pipeline);
                  numbers.sink("out", Sinks.print());
                  Stream<DeadLetter> forgotten = numbers.deadLetters();
                  assertThat(forgotten).isNotNull();
                }))
        .singleElement()
        .asString()
        .contains("numbers", "dead-letters", "goes nowhere");
  }

  @Test
  void aValueIsNotSkippedAndADeadLetterAtOnce() {
    assertThat(
            problems(
                pipeline -> {
                  Stream<Long> numbers = numbers(pipeline).skipFailures();
                  numbers.sink("out", Sinks.print());
                  numbers.deadLetters().sink("dead", Sinks.print());
                }))
        .singleElement()
        .asString()
        .contains("numbers", "not both");
  }

  @Test
  void aUnionFailsOnNothing() {
    assertThat(
            problems(
                pipeline -> {
                  Stream<Long> numbers = numbers(pipeline);
                  numbers
                      .union(numbers.map(number -> number + 1))
                      .skipFailures()
                      .sink("out", Sinks.print());
                }))
        .singleElement()
        .asString()
        .contains("union");
  }

  @Test
  void theNameOfDeadLettersIsTaken() {
    SideOutput<Long> mine = SideOutput.of(DeadLetter.OUTPUT.name(), Long.class);

    assertThat(
            problems(
                pipeline -> {
                  Stream<Long> sums =
                      numbers(pipeline)
                          .keyBy(number -> number % 3)
                          .aggregate("sums", Long.class, 0L, Long::sum)
                          .map(sum -> sum.value());
                  sums.side(mine).sink("out", Sinks.print());
                }))
        .anyMatch(problem -> problem.contains("Choose another name"));
  }
}
