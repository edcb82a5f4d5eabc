package io.headrace.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.BroadcastContext;
import io.headrace.api.BroadcastState;
import io.headrace.api.BroadcastStates;
import io.headrace.api.BroadcastStream;
import io.headrace.api.Context;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyedBroadcastProcess;
import io.headrace.api.ValueState;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ST-8")
final class BroadcastPlanTest {

  private static final class Prices implements KeyedBroadcastProcess<Long, Long, String, Double> {
    private final BroadcastState<String, Double> rates;
    private final ValueState<Long> last;

    Prices(BroadcastStates states) {
      rates = states.broadcast("rates", String.class, Double.class);
      last = states.value("last", Long.class, 0L);
    }

    @Override
    public void process(Long order, Context<Long, Double> at) {
      last.set(order);
      at.emit(order * rates.getOrDefault("EUR", 1.0));
    }

    @Override
    public void processBroadcast(String rate, BroadcastContext at) {
      at.writable(rates).put("EUR", Double.valueOf(rate));
    }
  }

  private static final Job JOB =
      pipeline -> {
        BroadcastStream<String> rates =
            pipeline
                .source("rates", Sources.of(String.class, List.of("1.5")))
                .parallelism(3)
                .broadcast();
        pipeline
            .source("orders", Sources.generate(Long.class, 10, index -> index))
            .keyBy(order -> order % 3)
            .connect(rates)
            .process("prices", Prices::new)
            .sink("out", Sinks.collect());
      };

  @Test
  void whatIsBroadcastPassesOneTaskAndIsTheLastInput() {
    Plan plan = Plan.of(JOB);

    assertThat(plan.problems()).isEmpty();
    Node.KeyedProcess prices = prices(plan);
    Input broadcast = prices.broadcast().orElseThrow();
    assertThat(prices.inputs()).last().isEqualTo(broadcast);
    assertThat(prices.isBroadcast(0)).isFalse();
    assertThat(prices.isBroadcast(1)).isTrue();
    assertThat(plan.node(broadcast.from()).parallelism()).isEqualTo(OptionalInt.of(1));
  }

  @Test
  void thePlanKnowsTypesAndStatesOfBothKinds() {
    Node.KeyedProcess prices = prices(Plan.of(JOB));

    assertThat(prices.keyType()).isEqualTo(Optional.of(Long.class));
    assertThat(prices.broadcast().orElseThrow().type()).contains(String.class);
    assertThat(prices.keyedStates()).extracting(StateDeclaration::name).containsExactly("last");
    assertThat(prices.broadcastStates())
        .containsExactly(StateDeclaration.broadcast("rates", String.class, Double.class));
  }

  @Test
  void aStreamOfAnotherPipelineIsRefused() {
    Job foreign =
        other ->
            Plan.of(
                pipeline ->
                    pipeline
                        .source("orders", Sources.generate(Long.class, 10, index -> index))
                        .keyBy(order -> order % 3)
                        .connect(
                            other
                                .source("rates", Sources.of(String.class, List.of("1.5")))
                                .broadcast()));

    assertThatThrownBy(() -> Plan.of(foreign))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("connect only streams of one pipeline");
  }

  private static Node.KeyedProcess prices(Plan plan) {
    return plan.nodes().stream()
        .filter(Node.KeyedProcess.class::isInstance)
        .map(Node.KeyedProcess.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
