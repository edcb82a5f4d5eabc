package io.headrace.simulation;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointingMode;
import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.Plan;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.checkpoint.CheckpointStore;
import io.headrace.checkpoint.Facts;
import io.headrace.checkpoint.Manifest;
import io.headrace.checkpoint.StateFile;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.codec.HashRange;
import io.headrace.simulation.disk.DiskListener;
import io.headrace.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The invariants that can be seen from outside: on the disk and in the folders of the sinks. Ids
 * are those of docs/INVARIANTS.md.
 */
final class Checks implements DiskListener {

  private final SimulatedDisk disk;
  private final Path outputs;
  private final CheckpointStore store;
  private final CheckpointingMode mode;
  private long newestComplete;
  private boolean isTwice;
  private Optional<Oracle.Result> whole = Optional.empty();

  Checks(SimulatedDisk disk, Path directory, Path outputs, CheckpointingMode mode) {
    this.mode = mode;
    this.disk = disk;
    this.outputs = outputs;
    this.store = new CheckpointStore(directory, "simulated");
  }

  void afterACrash(Plan plan) throws Exception {
    checkCheckpoints(plan);
    if (mode == CheckpointingMode.EXACTLY_ONCE) {
      Committed.in(outputs).compare(whole(plan), false);
    }
  }

  /** A run was stopped: no checkpoint was left half done. */
  void afterAStop(Plan plan) throws Exception {
    afterACrash(plan);
    checkNoneIsIncomplete();
  }

  void atTheEnd(Plan plan) throws Exception {
    checkCheckpoints(plan);
    switch (mode) {
      case EXACTLY_ONCE -> Committed.in(outputs).compare(whole(plan), true);
      case AT_LEAST_ONCE -> isTwice = Committed.in(outputs).compareAtLeast(whole(plan));
    }
    checkNothingIsLeft();
  }

  /** Whether at the end something was committed more than once. */
  boolean isTwice() {
    return isTwice;
  }

  private static ConnectorContext context() {
    return new ConnectorContext("simulated", "oracle", 0, 1, Clock.system());
  }

  private Oracle.Result whole(Plan plan) throws Exception {
    if (whole.isEmpty()) {
      whole = Optional.of(Oracle.ofAll(plan, context()));
    }
    return whole.get();
  }

  /** I5, I6, I8: every checkpoint that claims to be complete is, and ids only rise. */
  private void checkCheckpoints(Plan plan) throws Exception {
    Facts facts = store.inspect(Optional.empty());
    for (Facts.Found found : facts.found()) {
      Facts checked = store.inspect(Optional.of(found.id()));
      for (Facts.Found each : checked.found()) {
        check(!(each instanceof Facts.Damaged), "I5: %s", each);
      }
    }
    Optional<Facts.Intact> newest =
        facts.found().stream()
            .filter(Facts.Intact.class::isInstance)
            .map(Facts.Intact.class::cast)
            .findFirst();
    long id = newest.map(intact -> intact.id().value()).orElse(0L);
    check(id >= newestComplete, "I6: checkpoint %s is gone, the newest is %s", newestComplete, id);
    newestComplete = id;
    if (newest.isPresent()) {
      checkState(plan, newest.get().manifest());
    }
    Optional<CheckpointId> committed = facts.committed().map(Facts.Committed::id);
    check(
        committed.isEmpty() || committed.get().value() <= id,
        "I7: checkpoint %s is marked as committed, the newest complete one is %s",
        committed,
        id);
  }

  /** I3: the state of a checkpoint is that of the oracle at the same positions. */
  private void checkState(Plan plan, Manifest manifest) throws Exception {
    Map<String, Long> positions = new HashMap<>();
    Codec<Long> codec = Codecs.of(Long.class);
    for (Manifest.Source source : manifest.sources()) {
      for (Manifest.Position position : source.positions()) {
        positions.put(
            source.name() + "/" + position.split(), codec.decode(new Decoder(position.position())));
      }
    }
    Oracle.Result expected =
        Oracle.of(
            plan,
            context(),
            (split, position) -> (Long) position <= positions.getOrDefault(split, 0L));
    OperatorStateCheck elements = new OperatorStateCheck(manifest, positions, expected.written());
    elements.ofSources();
    if (mode == CheckpointingMode.EXACTLY_ONCE) {
      elements.ofOthers();
    }
    for (Manifest.Operator operator : manifest.operators()) {
      for (Manifest.State state : operator.states()) {
        Map<Object, Object> found = read(plan, manifest, operator, state);
        Map<Object, ?> wanted =
            expected
                .states()
                .getOrDefault(operator.name(), Map.of())
                .getOrDefault(state.name(), Map.of());
        check(
            isAsExpected(found, wanted),
            "I3: state %s/%s of checkpoint %s is %s instead of %s",
            operator.name(),
            state.name(),
            manifest.id(),
            found,
            wanted);
      }
    }
  }

  /**
   * At least once, values may be in state that are not before its positions: then counts are larger
   * and keys more, and what else there is depends on the order.
   */
  private boolean isAsExpected(Map<Object, Object> found, Map<Object, ?> wanted) {
    return switch (mode) {
      case EXACTLY_ONCE -> found.equals(wanted);
      case AT_LEAST_ONCE ->
          wanted.entrySet().stream()
              .filter(
                  entry -> entry.getValue() instanceof Number && !(entry.getKey() instanceof List))
              .allMatch(entry -> count(found.get(entry.getKey())) >= count(entry.getValue()));
    };
  }

  private static long count(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private Map<Object, Object> read(
      Plan plan, Manifest manifest, Manifest.Operator operator, Manifest.State state)
      throws IOException {
    Map<Object, Object> contents = new HashMap<>();
    StoredEntries entries = StoredEntries.of(process(plan, operator.name()), state.name());
    for (StateFile file : state.files()) {
      store
          .reader(manifest, operator, state, file)
          .read(
              HashRange.ALL,
              (in, count) -> {
                for (int i = 0; i < count; i++) {
                  check(entries.read(in, contents), "I9: %s holds an entry twice", file.name());
                }
              });
    }
    return contents;
  }

  private static Node.KeyedProcess process(Plan plan, String name) {
    return plan.nodes().stream()
        .filter(Node.KeyedProcess.class::isInstance)
        .map(Node.KeyedProcess.class::cast)
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Entries of a state, as a test reads them: with codecs, and nothing of the engine. */
  private record StoredEntries(StateDeclaration.Kind kind, List<Codec<Object>> codecs) {

    static StoredEntries of(Node.KeyedProcess process, String state) {
      List<Codec<Object>> codecs = new ArrayList<>();
      codecs.add(Codecs.of(process.keyed().keyType().orElseThrow()));
      StateDeclaration declared =
          process.states().stream()
              .filter(each -> each.name().equals(state))
              .findFirst()
              .orElseThrow();
      declared.types().forEach(type -> codecs.add(Codecs.of(type)));
      return new StoredEntries(declared.kind(), codecs);
    }

    /** Reads an entry. Returns whether it is the first of its key. */
    boolean read(Decoder in, Map<Object, Object> into) {
      return switch (kind) {
        case VALUE, REDUCING, AGGREGATING -> {
          Object key = codecs.get(0).decode(in);
          yield into.put(key, codecs.get(1).decode(in)) == null;
        }
        case LIST -> {
          Object key = codecs.get(0).decode(in);
          Object index = in.readLong();
          yield into.put(List.of(key, index), codecs.get(1).decode(in)) == null;
        }
        case MAP -> {
          Object key = codecs.get(0).decode(in);
          Object mapKey = codecs.get(1).decode(in);
          in.readLong(); // Its place in the order of the map.
          yield into.put(List.of(key, mapKey), codecs.get(2).decode(in)) == null;
        }
      };
    }
  }

  /** I6: nothing remains that nobody names. */
  private void checkNothingIsLeft() throws IOException {
    checkNoneIsIncomplete();
    for (String path : disk.durableView().keySet()) {
      check(!path.endsWith(".tmp"), "I6: %s remains", path);
      check(!path.contains("/.pending/") || path.endsWith(".owner"), "I6: %s remains", path);
    }
  }

  private void checkNoneIsIncomplete() throws IOException {
    for (Facts.Found found : store.inspect(Optional.empty()).found()) {
      check(found instanceof Facts.Intact, "I6: %s remains", found);
    }
  }

  static void check(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new AssertionError(String.format(message, values));
    }
  }
}
