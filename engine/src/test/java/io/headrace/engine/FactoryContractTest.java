package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.Context;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.KeyedProcessFactory;
import io.headrace.api.Settings;
import io.headrace.api.States;
import io.headrace.api.ValueState;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a factory of processes promises, and what happens when it does not keep it. */
@Tag("KS-1")
@Timeout(60)
class FactoryContractTest {

  private final CollectingSink<Long> sink = Sinks.collect();

  private Job job(KeyedProcessFactory<Long, Long, Long> factory) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, 1_000, index -> index))
            .keyBy(number -> number % 10)
            .process("sums", factory)
            .as(Long.class)
            .sink("out", sink);
  }

  private void run(KeyedProcessFactory<Long, Long, Long> factory) {
    Headrace.run(job(factory), Settings.ephemeral().parallelism(2));
  }

  /** Can be told its state again. */
  private static final class Sum implements KeyedProcess<Long, Long, Long> {

    private @Nullable ValueState<Long> sum;

    Sum declare(States states, String name) {
      sum = states.value(name, Long.class, 0L);
      return this;
    }

    @Override
    public void process(Long number, Context<Long, Long> at) {
      at.emit(Objects.requireNonNull(sum).get() + number);
    }
  }

  @Test
  void oneProcessForSeveralTasksIsRefused() {
    Sum shared = new Sum();

    assertThatThrownBy(() -> run(states -> shared.declare(states, "sum")))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("The factory of operator \"sums\" returned the same process")
        .hasMessageContaining("Have it make a new process on each call")
        .satisfies(
            error -> {
              assertThat(((HeadraceException) error).code()).isEqualTo(ErrorCode.INVALID_JOB);
              assertThat(((HeadraceException) error).operator()).contains("sums");
            });
  }

  @Test
  void otherStatesThanThoseOfThePlanAreRefused() {
    AtomicInteger calls = new AtomicInteger();

    assertThatThrownBy(
            () -> run(states -> new Sum().declare(states, "sum-" + calls.getAndIncrement())))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("sum-0")
        .hasMessageContaining("sum-1")
        .hasMessageContaining("whose constructor always declares the same states")
        .extracting(error -> ((HeadraceException) error).code())
        .isEqualTo(ErrorCode.INVALID_JOB);
  }

  @Test
  void aFunctionWithoutFieldsMayBeOneForAll() {
    run(states -> (number, at) -> at.emit(number));

    assertThat(sink.values()).hasSize(1_000);
  }
}
