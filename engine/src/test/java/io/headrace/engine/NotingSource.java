package io.headrace.engine;

import io.headrace.api.ConnectorContext;
import io.headrace.api.OperatorState;
import io.headrace.api.OperatorStates;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import java.time.Duration;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A source with operator state of both kinds, each of which is to hold every split once. Of the one
 * that all tasks are given, the task that reads a split answers for it. One thread.
 */
final class NotingSource implements Source<String, Integer> {

  static final OperatorState<String> SPLIT = OperatorState.evenSplit("split", String.class);
  static final OperatorState<String> UNITED = OperatorState.union("united", String.class);

  private final ListedSource listed;

  /** By task, what it was given. */
  private final Map<OperatorStates, Set<String>> given = new IdentityHashMap<>();

  NotingSource(ListedSource listed) {
    this.listed = listed;
  }

  @Override
  public TypeToken<String> type() {
    return listed.type();
  }

  @Override
  public TypeToken<Integer> positionType() {
    return listed.positionType();
  }

  @Override
  public boolean isBounded() {
    return listed.isBounded();
  }

  @Override
  public List<Split<Integer>> splits() {
    return listed.splits();
  }

  @Override
  public Optional<Duration> discoveryInterval() {
    return listed.discoveryInterval();
  }

  @Override
  public List<OperatorState<?>> operatorStates() {
    return List.of(ListedSource.EMITTED, SPLIT, UNITED);
  }

  @Override
  public SourceReader<String, Integer> open(
      String split, Integer position, ConnectorContext context) {
    SourceReader<String, Integer> reader = listed.open(split, position, context);
    return new SourceReader<>() {
      private boolean hasNoted;

      @Override
      public Poll poll(SourceOutput<String> out) throws Exception {
        if (!hasNoted) {
          hasNoted = true;
          note(split, position, context.states());
        }
        return reader.poll(out);
      }

      @Override
      public Integer position() {
        return reader.position();
      }

      @Override
      public void close() throws Exception {
        reader.close();
      }
    };
  }

  private void note(String split, int position, OperatorStates states) {
    List<String> united = states.elements(UNITED);
    Set<String> known =
        given.computeIfAbsent(
            states,
            task -> {
              Set<String> all = new HashSet<>(united);
              united.clear();
              return all;
            });
    if (position == 0) {
      states.elements(SPLIT).add(split);
    }
    if (position == 0 || known.contains(split)) {
      united.add(split);
    }
  }
}
