package io.headrace.flink.operators;

import io.headrace.api.DeadLetter;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.OnFailure;
import io.headrace.api.Printable;
import io.headrace.api.ValueRejectedException;
import io.headrace.api.plan.Node;
import io.headrace.codec.Codec;
import io.headrace.codec.DeadLetters;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.FlinkRuntimeException;

/** Decides what becomes of a value that an operator fails on. The thread of the task. */
public final class Guard {

  private final Node node;
  private final DeadLetters letters;
  private final Counter putAside;

  /**
   * The guard of an operator.
   *
   * @param putAside counts the values that did not fail the job
   */
  public Guard(Node node, DeadLetter.Stage stage, Counter putAside) {
    this.node = node;
    this.letters = new DeadLetters(node.name(), stage);
    this.putAside = putAside;
  }

  /** Whether values that an operator fails on are put aside. */
  public static boolean isOn(Node node) {
    return node.options().onFailure() != OnFailure.FAIL;
  }

  /** Whether values that the operator fails on are put aside. */
  public boolean isOn() {
    return isOn(node);
  }

  /** The error to throw for what code of the user threw: itself if it is one of ours. */
  HeadraceException failure(String function, Exception thrown) {
    if (thrown instanceof HeadraceException ours) {
      return ours.ofOperator(node.name());
    }
    return new HeadraceException(
            ErrorCode.USER_FUNCTION_FAILED,
            "Operator \"%s\" failed on a value: its %s threw %s. Mend it, or pass such values with skipFailures() or deadLetters()."
                .formatted(node.name(), function, Printable.of(thrown)),
            thrown)
        .ofOperator(node.name());
  }

  /**
   * The error to throw for what a writer threw on a value: only if it says that it rejects the
   * value is that the value's fault.
   */
  public HeadraceException writeFailure(Exception thrown) {
    if (thrown instanceof HeadraceException ours) {
      return ours.ofOperator(node.name());
    }
    return thrown instanceof ValueRejectedException
        ? new HeadraceException(
                ErrorCode.VALUE_REJECTED,
                "Sink \"%s\" rejected a value, %s. Have the job pass such values with skipFailures() or deadLetters() on the sink."
                    .formatted(node.name(), thrown.getMessage()),
                thrown)
            .ofOperator(node.name())
        : new HeadraceException(
                ErrorCode.SINK_FAILED,
                "Sink \"%s\" could not write: %s. When the job restarts it writes again."
                    .formatted(node.name(), Printable.of(thrown)),
                thrown)
            .ofOperator(node.name());
  }

  /**
   * Puts a value aside, which is counted.
   *
   * @return the dead letter
   * @throws HeadraceException the failure, if it is not the value's fault or is to fail the job
   */
  public DeadLetter putAside(Object value, Codec<Object> codec, HeadraceException failure) {
    check(failure);
    putAside.inc();
    return letters.ofValue(value, codec, Optional.empty(), failure);
  }

  /** Puts a timer aside, as above. */
  DeadLetter putTimerAside(Instant time, Object key, HeadraceException failure) {
    check(failure);
    putAside.inc();
    return letters.ofTimer(time, key, failure);
  }

  /**
   * Passes over a value that another task puts aside.
   *
   * @throws HeadraceException the failure, as above
   */
  void passOver(HeadraceException failure) {
    check(failure);
  }

  private void check(HeadraceException failure) {
    boolean isOfFlink = failure.getCause() instanceof FlinkRuntimeException;
    if (!isOn() || isOfFlink || !DeadLetters.isOfValue(failure)) {
      throw failure;
    }
  }
}
