package io.headrace.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.Context;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyValue;
import io.headrace.api.KeyedProcess;
import io.headrace.api.SideOutput;
import io.headrace.api.States;
import io.headrace.api.Stream;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.api.WatermarkStrategy;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SO-2")
@Tag("SO-4")
@Tag("KS-3")
@Tag("R11")
class PlanTest {

  private static final SideOutput<String> LATE = SideOutput.of("late", String.class);

  record Flight(String origin, int delay) {}

  /** A process whose states are what a test wants. */
  static final class Count implements KeyedProcess<String, Flight, Integer> {
    private final ValueState<Integer> count;

    Count(States states) {
      count = states.value("count", Integer.class, 0);
    }

    @Override
    public void process(Flight flight, Context<String, Integer> at) {
      at.emit(count.update(before -> before + 1));
    }
  }

  private static Stream<Flight> flights(io.headrace.api.Pipeline pipeline) {
    return pipeline.source(
        "flights", Sources.generate(Flight.class, 10, index -> new Flight("SFO", (int) index)));
  }

  private static List<String> problems(Job job) {
    return Plan.of(job).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void aSoundJobHasNoProblems() {
    Plan plan =
        Plan.of(
            pipeline ->
                flights(pipeline)
                    .keyBy(Flight::origin)
                    .process("count", Count::new)
                    .sink("out", Sinks.print()));

    assertThat(plan.problems()).isEmpty();
    assertThat(plan.nodes()).extracting(Node::name).containsExactly("flights", "count", "out");
  }

  @Test
  @Tag("R21")
  void anOperatorIsSaidToBlock() {
    Plan plan =
        Plan.of(
            pipeline ->
                flights(pipeline)
                    .map(Flight::delay)
                    .blocking()
                    .parallelism(3)
                    .filter(delay -> delay > 0)
                    .sink("out", Sinks.print())
                    .blocking());

    assertThat(plan.problems()).isEmpty();
    assertThat(plan.nodes()).extracting(Node::isBlocking).containsExactly(false, true, false, true);
    assertThat(plan.nodes().get(1).parallelism()).hasValue(3);
  }

  @Test
  @Tag("R21")
  void aUnionThatIsSaidToBlockIsRefused() {
    assertThat(
            problems(
                pipeline -> {
                  Stream<Flight> flights = flights(pipeline);
                  flights
                      .union(flights.filter(flight -> flight.delay() > 0))
                      .blocking()
                      .sink("out", Sinks.print());
                }))
        .singleElement()
        .asString()
        .contains("It is said to block, but a union does nothing that could.");
  }

  @Test
  @Tag("R30")
  void aStreamOfAnotherPipelineIsAProblemAmongTheOthers() {
    List<Stream<Flight>> others = new ArrayList<>();
    var unused = problems(pipeline -> others.add(flights(pipeline)));

    assertThat(
            problems(
                pipeline ->
                    flights(pipeline).union(others.get(0)).parallelism(0).sink("", Sinks.print())))
        .hasSize(3)
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("flights", "united with one of another pipeline", "Unite streams"));
  }

  @Test
  void typesComeFromLambdasMethodReferencesAndClasses() {
    Plan plan =
        Plan.of(
            pipeline ->
                flights(pipeline)
                    .map(flight -> flight.origin() + flight.delay())
                    .filter(text -> !text.isEmpty())
                    .map(String::length)
                    .keyBy(length -> length % 2 == 0)
                    .aggregate("sums", Long.class, 0L, (sum, length) -> sum + length)
                    .sink("out", Sinks.print()));

    assertThat(plan.problems()).isEmpty();
    assertThat(plan.node(new NodeId(2)).inputs().get(0).type()).contains(String.class);
    Node.KeyedProcess sums = (Node.KeyedProcess) plan.node(new NodeId(4));
    assertThat(sums.keyed().get(0).input().type()).contains(Integer.class);
    assertThat(sums.keyType()).contains(Boolean.class);
    assertThat(plan.node(new NodeId(5)).inputs().get(0).type())
        .contains(new TypeToken<KeyValue<Boolean, Long>>() {}.type());
  }

  @Test
  void theClassThatConsumesAStreamGivesItsType() {
    Plan plan =
        Plan.of(
            pipeline ->
                flights(pipeline)
                    .<Flight>flatMap((flight, out) -> out.emit(flight))
                    .keyBy(Flight::origin)
                    .process("count", Count::new)
                    .sink("out", Sinks.print()));

    assertThat(plan.problems()).isEmpty();
  }

  @Test
  void statesAreKnownBeforeAnythingRuns() {
    Plan plan =
        Plan.of(
            pipeline ->
                flights(pipeline)
                    .keyBy(Flight::origin)
                    .process("count", Count::new)
                    .sink("out", Sinks.print()));

    assertThat(((Node.KeyedProcess) plan.node(new NodeId(1))).states())
        .containsExactly(
            new StateDeclaration("count", StateDeclaration.Kind.VALUE, List.of(Integer.class)));
  }

  @Test
  @Tag("TM-2")
  void eventTimeIsKnownBeforeAnythingRuns() {
    Plan plan =
        Plan.of(
            pipeline ->
                pipeline
                    .source(
                        "flights",
                        Sources.of(Flight.class, List.of()),
                        WatermarkStrategy.forBoundedOutOfOrderness(
                            Duration.ofMillis(5), flight -> Instant.ofEpochMilli(flight.delay())))
                    .sink("out", Sinks.print()));

    assertThat(plan.problems()).isEmpty();
    assertThat(plan.hasEventTime()).isTrue();
    assertThat(Plan.of(pipeline -> flights(pipeline).sink("out", Sinks.print())).hasEventTime())
        .isFalse();
  }

  @Test
  @Tag("TM-2")
  void noTimeCanBeLessThanNothing() {
    WatermarkStrategy<Flight> inOrder =
        WatermarkStrategy.forMonotonousTimestamps(flight -> Instant.EPOCH);

    assertThatThrownBy(() -> inOrder.withIdleness(Duration.ofMillis(-1)))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("Splits are said to be idle after -1 ms");
    assertThatThrownBy(
            () ->
                WatermarkStrategy.forBoundedOutOfOrderness(
                    Duration.ofMillis(-1), inOrder.timestamps()))
        .hasMessageContaining("Values are said to be out of order by -1 ms");
  }

  @Test
  void aStateWithANameOfTheEnginesIsAProblem() {
    assertThat(
            problems(
                pipeline ->
                    flights(pipeline)
                        .keyBy(Flight::origin)
                        .<Integer>process(
                            "count",
                            states -> {
                              states.value("headrace.timers", Integer.class, 0);
                              return (flight, at) -> {};
                            })
                        .as(Integer.class)
                        .sink("out", Sinks.print())))
        .singleElement()
        .asString()
        .contains("Its state \"headrace.timers\" has a name of the engine's own.");
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    List<String> problems =
        problems(
            pipeline -> {
              Stream<Flight> flights = flights(pipeline);
              flights.map(flight -> List.of(flight)).sink("out", Sinks.print());
              flights
                  .keyBy(Flight::origin)
                  .process(
                      "count",
                      states -> {
                        states.value("n", Integer.class, 0);
                        states.value("n", Long.class, 0L);
                        return new Count(states);
                      })
                  .parallelism(0);
              flights.sink("out", Sinks.print());
              flights.sink(" ", Sinks.print());
            });

    assertThat(problems)
        .anyMatch(problem -> problem.contains("type of its output is not known"))
        .anyMatch(problem -> problem.contains("Two of its states are named \"n\""))
        .anyMatch(problem -> problem.contains("Its output goes nowhere"))
        .anyMatch(problem -> problem.contains("Its parallelism is 0"))
        .anyMatch(problem -> problem.contains("operator \"out\": Another operator has the same"))
        .anyMatch(problem -> problem.contains("It has no name"))
        .hasSize(6);
  }

  @Test
  void aProblemNamesTheOperatorAndTheRemedy() {
    List<String> problems =
        problems(
            pipeline ->
                flights(pipeline)
                    .map(flight -> Optional.of(flight.origin()))
                    .sink("out", Sinks.print()));

    assertThat(problems)
        .containsExactly(
            "operator \"map-1\": The type of its output is not known. Say it with"
                + " .as(TheType.class) or .as(new TypeToken<...>() {}) right after the operator.");
  }

  @Test
  void aTypeSaidAloudIsTaken() {
    Plan plan =
        Plan.of(
            pipeline ->
                flights(pipeline)
                    .map(flight -> Optional.of(flight.origin()))
                    .as(new TypeToken<Optional<String>>() {})
                    .sink("out", Sinks.print()));

    assertThat(plan.problems()).isEmpty();
  }

  @Test
  void aTypeSaidAloudMustAgreeWithTheProducer() {
    assertThat(
            problems(
                pipeline -> {
                  Stream<?> flights = flights(pipeline);
                  @SuppressWarnings("unchecked")
                  Stream<String> wrong = (Stream<String>) flights;
                  wrong.as(String.class).sink("out", Sinks.print());
                }))
        .hasSize(1)
        .allMatch(problem -> problem.contains("but its producer says otherwise"));
  }

  @Test
  void sideOutputsAreTakenFromProcessesOnly() {
    assertThat(
            problems(
                pipeline -> {
                  Stream<Flight> flights = flights(pipeline);
                  flights.sink("out", Sinks.print());
                  flights.side(LATE).sink("late", Sinks.print());
                }))
        .hasSize(1)
        .allMatch(problem -> problem.contains("but it is not a process"));
  }

  @Test
  void aSideOutputHasOneType() {
    assertThat(
            problems(
                pipeline -> {
                  Stream<Integer> counts =
                      flights(pipeline).keyBy(Flight::origin).process("count", Count::new);
                  counts.sink("out", Sinks.print());
                  counts.side(LATE).sink("late", Sinks.print());
                  counts.side(SideOutput.of("late", Integer.class)).sink("late2", Sinks.print());
                }))
        .hasSize(1)
        .allMatch(problem -> problem.contains("is taken as"));
  }

  @Test
  void aProcessThatThrowsWhileItIsBuiltIsAProblem() {
    assertThat(
            problems(
                pipeline ->
                    flights(pipeline)
                        .keyBy(Flight::origin)
                        .<Integer>process(
                            "count",
                            states -> {
                              int now = states.value("n", Integer.class, 0).get();
                              throw new IllegalStateException("unreached " + now);
                            })
                        .as(Integer.class)
                        .sink("out", Sinks.print())))
        .hasSize(1)
        .allMatch(problem -> problem.contains("use it in process(...) and onTimer(...) only"));
  }

  @Test
  void aJobThatDescribesNothingIsAProblem() {
    assertThat(problems(pipeline -> {})).hasSize(1).allMatch(p -> p.contains("describes nothing"));
  }
}
