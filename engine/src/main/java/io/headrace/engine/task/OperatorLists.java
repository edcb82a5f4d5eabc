package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.OperatorState;
import io.headrace.api.OperatorStates;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The operator state of one task of an operator: that of a source or sink, or the engine's own. On
 * the thread of the task, once it has started; only lists may be asked for anywhere.
 */
public final class OperatorLists implements OperatorStates, SnapshotStage {

  /** How much the elements of all tasks of an operator may take, encoded. */
  public static final int MOST_BYTES = 16 << 20;

  /** What the names of the engine's own states begin with, and no others. */
  public static final String OF_THE_ENGINE = "headrace.";

  private final TaskId task;
  private final Map<String, Held> lists = new TreeMap<>();

  /** See {@link Contribution.Elements#isAnswering}. */
  private BooleanSupplier isAnswering = () -> true;

  /**
   * State that nothing is declared of yet.
   *
   * @param task the operator and which of its tasks, whatever else runs in the task
   */
  OperatorLists(TaskId task) {
    this.task = task;
  }

  /**
   * The operator state of a task as the checkpoint gives it. Before the task starts.
   *
   * @param declared by the operator
   * @param parallelism how many tasks it has now
   */
  static OperatorLists of(
      TaskId task, List<OperatorState<?>> declared, int parallelism, Restored restored) {
    OperatorLists lists = new OperatorLists(task);
    for (OperatorState<?> state : declared) {
      lists.restore(state, restored.elements(task.operators(), state.name()), parallelism);
    }
    return lists;
  }

  /** The operator and which of its tasks. */
  TaskId task() {
    return task;
  }

  /** Says when somebody could change the lists; unless this is said, always. Before it starts. */
  void isAnsweringIf(BooleanSupplier somebodyCould) {
    isAnswering = somebodyCould;
  }

  private record Held(OperatorState<?> state, Codec<Object> codec, List<Object> elements) {}

  /**
   * Fills the list of a state that the operator declares. Before the task starts.
   *
   * @param stored the encoded elements of all tasks
   * @param parallelism how many tasks there are now
   */
  void restore(OperatorState<?> state, List<byte[]> stored, int parallelism) {
    Codec<Object> codec = Codecs.of(state.type().type());
    List<Object> elements = new ArrayList<>();
    for (byte[] element : share(state.redistribution(), stored, parallelism)) {
      elements.add(codec.decode(new Decoder(element)));
    }
    lists.put(state.name(), new Held(state, codec, elements));
  }

  private List<byte[]> share(
      OperatorState.Redistribution redistribution, List<byte[]> stored, int parallelism) {
    return switch (redistribution) {
      case UNION -> stored;
      case EVEN_SPLIT ->
          stored.subList(
              firstOf(task.index(), stored.size(), parallelism),
              firstOf(task.index() + 1, stored.size(), parallelism));
    };
  }

  private static int firstOf(int task, int count, int parallelism) {
    return (int) ((long) count * task / parallelism);
  }

  @Override
  @SuppressWarnings("unchecked") // A list is that of an equal state, which has the same type.
  public <V> List<V> elements(OperatorState<V> state) {
    Held held = lists.get(state.name());
    if (held == null || !held.state().equals(state)) {
      throw new HeadraceException(
              ErrorCode.INVALID_JOB,
              "Operator \""
                  + task.operators()
                  + "\" asked for its operator state "
                  + state
                  + ", but declares "
                  + lists.values().stream().map(Held::state).toList()
                  + ". Return it from operatorStates().")
          .ofOperator(task.operators());
    }
    return (List<V>) held.elements();
  }

  @Override
  public PendingPart snapshot(TaskId any, CheckpointId checkpoint) {
    SortedMap<String, List<byte[]>> encoded = new TreeMap<>();
    long bytes = 0;
    for (Held held : lists.values()) {
      List<byte[]> elements = new ArrayList<>();
      for (Object element : held.elements()) {
        elements.add(encode(held, element));
        bytes += elements.get(elements.size() - 1).length;
        if (bytes > MOST_BYTES) {
          return files -> {
            throw tooLarge(task.operators());
          };
        }
      }
      encoded.put(held.state().name(), elements);
    }
    return PendingPart.of(
        new Contribution.Elements(
            task.operators(), task.index(), encoded, isAnswering.getAsBoolean()));
  }

  private byte[] encode(Held held, Object element) {
    Encoder out = new Encoder();
    try {
      held.codec().encode(element, out);
    } catch (HeadraceException unencodable) {
      throw new HeadraceException(
              ErrorCode.VALUE_NOT_ENCODABLE,
              "Operator state \""
                  + held.state().name()
                  + "\" of operator \""
                  + task.operators()
                  + "\" holds an element that cannot be stored: "
                  + unencodable.reason(),
              unencodable)
          .ofOperator(task.operators());
    }
    return out.toBytes();
  }

  /** What to throw when the elements of an operator take too much. */
  public static HeadraceException tooLarge(String operator) {
    return new HeadraceException(
            ErrorCode.STATE_LIMIT_REACHED,
            "The operator state of operator \""
                + operator
                + "\" takes more than "
                + MOST_BYTES
                + " bytes. Remove elements that are not needed any more, or keep them in keyed"
                + " state.")
        .ofOperator(operator);
  }
}
