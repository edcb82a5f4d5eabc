package io.headrace.flink.operators;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.plan.Node;
import io.headrace.codec.Codecs;
import io.headrace.codec.KeyCodec;
import io.headrace.flink.recipe.NodeRef;
import io.headrace.flink.types.EncodedKey;
import io.headrace.flink.types.PortableType;
import org.apache.flink.api.java.functions.KeySelector;
import org.jspecify.annotations.Nullable;

/** The key selector of one of the streams that a process takes. The thread of the task. */
public final class PlanKeySelector implements KeySelector<Object, EncodedKey> {

  private final NodeRef ref;
  private final int stream;
  private final PortableType type;
  private transient @Nullable Selection selection;

  /**
   * The selector of a stream.
   *
   * @param ref to the {@link Node.KeyedProcess}
   * @param stream which of its streams, counted from 0
   * @param type of the keys
   */
  public PlanKeySelector(NodeRef ref, int stream, PortableType type) {
    this.ref = ref;
    this.stream = stream;
    this.type = type;
  }

  @Override
  public EncodedKey getKey(Object value) {
    Selection known = known();
    if (!known.isGuarded) {
      return known.key(value);
    }
    try {
      return known.key(value);
    } catch (HeadraceException putAside) {
      return EncodedKey.FAILED; // The operator finds out again, and puts the value aside.
    }
  }

  /** Why there is no key for a value whose key is {@link EncodedKey#FAILED}. */
  HeadraceException failure(Object value) {
    try {
      return new HeadraceException(
          ErrorCode.USER_FUNCTION_FAILED,
          "The key selector of operator \"%s\" failed on a value, and then gave key %s. Have it give the same result each time."
              .formatted(known().operator, known().key(value)));
    } catch (HeadraceException failure) {
      return failure;
    }
  }

  private Selection known() {
    Selection known = selection;
    if (known == null) {
      known = selection();
      selection = known;
    }
    return known;
  }

  @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
  private Selection selection() {
    Node.KeyedProcess process = ref.resolve(Node.KeyedProcess.class).node();
    return new Selection(
        process.name(),
        Guard.isOn(process),
        (io.headrace.api.KeySelector<Object, Object>) process.keyed().get(stream).selector(),
        Codecs.keyOf(type.type()));
  }

  private record Selection(
      String operator,
      boolean isGuarded,
      io.headrace.api.KeySelector<Object, Object> selector,
      KeyCodec<Object> keys) {

    EncodedKey key(Object value) {
      Object key;
      try {
        key = selector.key(value);
      } catch (Exception thrown) {
        throw failed("threw " + Printable.of(thrown), thrown);
      }
      if (key == null) {
        throw failed("returned null, and every value needs a key", null);
      }
      return EncodedKey.of(keys, key);
    }

    private HeadraceException failed(String what, @Nullable Exception thrown) {
      String message =
          "Operator \"%s\" failed on a value: its key selector %s.".formatted(operator, what);
      HeadraceException failure =
          thrown == null
              ? new HeadraceException(ErrorCode.USER_FUNCTION_FAILED, message)
              : new HeadraceException(ErrorCode.USER_FUNCTION_FAILED, message, thrown);
      return failure.ofOperator(operator);
    }
  }
}
