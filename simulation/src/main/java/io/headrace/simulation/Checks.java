package io.headrace.simulation;

import io.headrace.api.CheckpointingMode;
import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.TimeDomain;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The invariants that can be seen from outside: on the disk and in the folders of the sinks. Ids
 * are those of docs/INVARIANTS.md.
 */
final class Checks implements DiskListener {

  private final SimulatedDisk disk;
  private final CheckpointingMode mode;
  private final Map<Map<String, Long>, Oracle.Result> expected = new HashMap<>();
  private final Map<String, Line> lines = new HashMap<>();
  private long newestComplete;
  private boolean isTwice;
  private Optional<Oracle.Result> whole = Optional.empty();

  Checks(SimulatedDisk disk, CheckpointingMode mode) {
    this.mode = mode;
    this.disk = disk;
  }

  /** What somebody sees of a disk: as it is, or as it would be without what is not synced. */
  private record View(CheckpointStore store, Committed committed) {}

  void afterACrash(Plan plan) throws Exception {
    for (View view : views()) {
      if (mode == CheckpointingMode.EXACTLY_ONCE) {
        view.committed().compare(whole(plan), false);
      }
    }
    checkCheckpoints(plan);
  }

  /** A run was stopped: no checkpoint was left half done. */
  void afterAStop(Plan plan, boolean hasLeftovers) throws Exception {
    afterACrash(plan);
    if (!hasLeftovers) {
      checkNoneIsIncomplete();
    }
  }

  void atTheEnd(Plan plan) throws Exception {
    for (View view : views()) {
      switch (mode) {
        case EXACTLY_ONCE -> view.committed().compare(whole(plan), true);
        case AT_LEAST_ONCE -> isTwice = view.committed().compareAtLeast(whole(plan));
      }
    }
    checkCheckpoints(plan);
    checkNothingIsLeft();
  }

  /** Whether at the end something was committed more than once. */
  boolean isTwice() {
    return isTwice;
  }

  private static ConnectorContext context() {
    return new ConnectorContext("simulated", "here", "oracle", 0, 1, Clock.system());
  }

  private Oracle.Result whole(Plan plan) throws Exception {
    if (whole.isEmpty()) {
      whole = Optional.of(Oracle.ofAll(plan, context()));
    }
    return whole.get();
  }

  /**
   * I3, I5, I6, I7: every checkpoint that claims to be complete is, and stays once it is durable;
   * and nothing is committed that is not of one of them.
   */
  private void checkCheckpoints(Plan plan) throws Exception {
    long newest = 0;
    for (View view : views()) {
      newest = newest(plan, view);
    }
    check(
        newest >= newestComplete,
        "I6: checkpoint %s is gone, the newest that is durable is %s",
        newestComplete,
        newest);
    newestComplete = newest;
  }

  /** The disk as it is, and then as it would be, unless that is the same. */
  private List<View> views() {
    return disk.isDurable() ? List.of(view(disk)) : List.of(view(disk), view(disk.durableCopy()));
  }

  private View view(SimulatedDisk seen) {
    return new View(
        new CheckpointStore(World.directory(seen), "simulated"),
        new Committed(World.outputs(seen), lines));
  }

  /** The newest complete checkpoint, after a look at all of them; 0 if there is none. */
  private long newest(Plan plan, View view) throws Exception {
    Facts facts = view.store().inspect(Optional.empty());
    long newest = 0;
    for (Facts.Found found : facts.found()) {
      check(!(found instanceof Facts.Damaged), "I5: %s", found);
      if (found instanceof Facts.Intact intact) {
        newest = Math.max(newest, found.id().value());
        checkState(plan, view.store(), intact.manifest());
      }
    }
    long marked = facts.committed().map(marker -> marker.id().value()).orElse(0L);
    long committed = view.committed().newestCheckpoint();
    check(
        committed <= marked && marked <= newest,
        "I7: of checkpoint %s something is committed, %s is marked so, and %s is complete",
        committed,
        marked,
        newest);
    return newest;
  }

  /** I3: the state of a checkpoint is that of the oracle at the same positions. */
  private void checkState(Plan plan, CheckpointStore store, Manifest manifest) throws Exception {
    Map<String, Long> positions = new HashMap<>();
    Codec<Long> codec = Codecs.of(Long.class);
    for (Manifest.Source source : manifest.sources()) {
      for (Manifest.Position position : source.positions()) {
        positions.put(
            source.name() + "/" + position.split(), codec.decode(new Decoder(position.position())));
      }
    }
    Oracle.Result atPositions = expected(plan, positions);
    OperatorStateCheck elements =
        new OperatorStateCheck(manifest, positions, atPositions.written());
    elements.ofSources();
    if (mode == CheckpointingMode.EXACTLY_ONCE) {
      elements.ofOthers();
    }
    for (Manifest.Operator operator : manifest.operators()) {
      if (operator.states().stream().anyMatch(Checks::areTimers)) {
        checkTimed(plan, store, manifest, operator, atPositions);
        continue;
      }
      for (Manifest.State state : operator.states()) {
        Map<Object, Object> found = read(plan, store, manifest, operator, state);
        Map<Object, ?> wanted =
            atPositions
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

  private static boolean areTimers(Manifest.State state) {
    return state.name().equals(StateDeclaration.TIMERS.name());
  }

  /** I17. */
  private void checkTimed(
      Plan plan,
      CheckpointStore store,
      Manifest manifest,
      Manifest.Operator operator,
      Oracle.Result atPositions)
      throws IOException {
    Map<String, Map<Object, Object>> found = new HashMap<>();
    Set<TimedCheck.Timer> timers = new HashSet<>();
    for (Manifest.State state : operator.states()) {
      Map<Object, Object> contents = read(plan, store, manifest, operator, state);
      if (areTimers(state)) {
        contents.keySet().forEach(each -> timers.add((TimedCheck.Timer) each));
      } else {
        found.put(state.name(), contents);
      }
    }
    TimedCheck check = new TimedCheck(manifest.id(), found);
    check.ofTimers(timers);
    if (mode == CheckpointingMode.EXACTLY_ONCE) {
      check.ofTheRest(atPositions.states().getOrDefault(operator.name(), Map.of()));
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

  private Oracle.Result expected(Plan plan, Map<String, Long> positions) throws Exception {
    Oracle.Result known = expected.get(positions);
    if (known == null) {
      known =
          Oracle.of(
              plan,
              context(),
              (split, position) -> (Long) position <= positions.getOrDefault(split, 0L));
      expected.put(positions, known);
    }
    return known;
  }

  private Map<Object, Object> read(
      Plan plan,
      CheckpointStore store,
      Manifest manifest,
      Manifest.Operator operator,
      Manifest.State state)
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
      codecs.add(Codecs.of(process.keyType().orElseThrow()));
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
        case BROADCAST -> {
          Object mapKey = codecs.get(1).decode(in); // The key before it takes no bytes.
          in.readLong(); // Its place in the order of the map.
          yield into.put(List.of(mapKey), codecs.get(2).decode(in)) == null;
        }
        case TIMERS -> {
          Object key = codecs.get(0).decode(in);
          TimeDomain domain = Codecs.of(TimeDomain.class).decode(in);
          yield into.put(new TimedCheck.Timer(key, domain, in.readLong()), "") == null;
        }
      };
    }
  }

  /** I6: nothing remains that nobody names. */
  private void checkNothingIsLeft() throws IOException {
    checkNoneIsIncomplete();
    try (Stream<Path> files = Files.walk(disk.root().resolve("jobs"))) {
      for (String path : (Iterable<String>) files.map(Path::toString)::iterator) {
        check(!path.endsWith(".tmp"), "I6: %s remains", path);
        check(!path.contains("/.pending/") || path.endsWith(".owner"), "I6: %s remains", path);
      }
    }
  }

  private void checkNoneIsIncomplete() throws IOException {
    for (Facts.Found found : view(disk).store().inspect(Optional.empty()).found()) {
      check(found instanceof Facts.Intact, "I6: %s remains", found);
    }
  }

  static void check(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new AssertionError(String.format(message, values));
    }
  }
}
