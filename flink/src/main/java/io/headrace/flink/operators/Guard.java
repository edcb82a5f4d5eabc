package io.headrace.flink.operators;

import io.headrace.api.DeadLetter;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.OnFailure;
import io.headrace.api.Printable;
import io.headrace.api.ValueRejectedException;
import io.headrace.api.plan.Node;
import io.headrace.codec.Codec;
import io.headrace.codec.Encoder;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.FlinkRuntimeException;

/** Decides what becomes of a value that an operator fails on. The thread of the task. */
public final class Guard {

  private static final Set<ErrorCode> FAULTS_OF_VALUES =
      EnumSet.of(
          ErrorCode.USER_FUNCTION_FAILED, ErrorCode.VALUE_NOT_ENCODABLE, ErrorCode.VALUE_REJECTED);

  private final Node node;
  private final DeadLetter.Stage stage;
  private final Counter putAside;

  /**
   * The guard of an operator.
   *
   * @param putAside counts the values that did not fail the job
   */
  public Guard(Node node, DeadLetter.Stage stage, Counter putAside) {
    this.node = node;
    this.stage = stage;
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
  public HeadraceException failure(String function, Exception thrown) {
    if (thrown instanceof HeadraceException ours) {
      return ours.ofOperator(node.name());
    }
    boolean isRejected = thrown instanceof ValueRejectedException;
    return new HeadraceException(
            isRejected ? ErrorCode.VALUE_REJECTED : ErrorCode.USER_FUNCTION_FAILED,
            "Operator \"%s\" failed on a value: its %s threw %s. Mend it, or pass such values with skipFailures() or deadLetters()."
                .formatted(node.name(), function, Printable.of(thrown)),
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
    Encoder out = new Encoder();
    Optional<String> schema = Optional.empty();
    try {
      codec.encode(value, out);
      schema = Optional.of(codec.schema().json());
    } catch (HeadraceException unencodable) {
      out.clear(); // That may be why it is put aside; its text is told.
    }
    return letter(failure, String.valueOf(value), out.toBytes(), schema);
  }

  /** Puts a timer aside, as above. */
  public DeadLetter putTimerAside(String timer, HeadraceException failure) {
    check(failure);
    return letter(failure, timer, new byte[0], Optional.empty());
  }

  private void check(HeadraceException failure) {
    boolean isOfFlink = failure.getCause() instanceof FlinkRuntimeException;
    if (!isOn() || isOfFlink || !FAULTS_OF_VALUES.contains(failure.code())) {
      throw failure;
    }
    putAside.inc();
  }

  private DeadLetter letter(
      HeadraceException failure, String text, byte[] bytes, Optional<String> schema) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return new DeadLetter(
        node.name(), stage, Optional.empty(), cause.toString(), text, bytes, schema);
  }
}
