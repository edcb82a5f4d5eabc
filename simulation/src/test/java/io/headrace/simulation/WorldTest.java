package io.headrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N4")
@Tag("SP-1")
@Tag("SP-3")
@Tag("RE-1")
@Tag("AB-1")
@Tag("AB-2")
@Tag("AB-5")
@Tag("AB-6")
@Tag("KS-7")
@Tag("KS-8")
@Tag("FAULT-1")
@Tag("FAULT-2")
@Tag("FAULT-3")
@Tag("FAULT-4")
@Tag("FAULT-5")
@Tag("FAULT-6")
@Tag("FAULT-7")
@Tag("FAULT-8")
@Tag("FAULT-9")
@Tag("FAULT-10")
@Tag("FAULT-11")
@Tag("FAULT-12")
@Tag("FAULT-13")
@Tag("FAULT-14")
@Tag("FAULT-16")
@Tag("FAULT-43")
class WorldTest {

  private static final int CRASHES = Integer.getInteger("simulation.crashes", 10_000);
  private static final int AT_ONCE = 200;
  private static final int LEAST_HITS = 50;
  private static final int LEAST_SIGHTS = 20;

  @Test
  void nobodyCanTellThatThereWereCrashes() {
    Map<CrashPoint, Map<CrashPoint.Phase, Integer>> hits = new EnumMap<>(CrashPoint.class);
    Map<Sight, Integer> sights = new EnumMap<>(Sight.class);
    int crashes = 0;
    long seed = Long.getLong("simulation.firstSeed", 1);
    for (; crashes < CRASHES; seed += AT_ONCE) {
      for (World.History history : histories(seed)) {
        history.sights().forEach(sight -> sights.merge(sight, 1, Integer::sum));
        for (CrashPoint.Target hit : history.hits()) {
          crashes++;
          hits.computeIfAbsent(hit.point(), any -> new EnumMap<>(CrashPoint.Phase.class))
              .merge(hit.phase(), 1, Integer::sum);
        }
      }
    }
    System.out.println(table(hits, crashes, seed) + "worlds with " + sights);

    for (CrashPoint point : CrashPoint.values()) {
      for (CrashPoint.Phase phase : CrashPoint.Phase.values()) {
        assertThat(hits.getOrDefault(point, Map.of()).getOrDefault(phase, 0))
            .describedAs("crashes %s %s", phase, point)
            .isGreaterThanOrEqualTo(LEAST_HITS);
      }
    }
    for (Sight sight : Sight.values()) {
      assertThat(sights.getOrDefault(sight, 0))
          .describedAs("worlds with %s", sight)
          .isGreaterThanOrEqualTo(LEAST_SIGHTS);
    }
  }

  /** Some worlds, on all processors; each is one thread's, and follows from its seed alone. */
  private static List<World.History> histories(long firstSeed) {
    return LongStream.range(firstSeed, firstSeed + AT_ONCE)
        .parallel()
        .mapToObj(seed -> new World(seed).run())
        .toList();
  }

  @Test
  void aSeedHappensTheSameWayTwice() {
    for (long seed = 1; seed <= 50; seed++) {
      assertThat(new World(seed).run())
          .describedAs("seed %d", seed)
          .isEqualTo(new World(seed).run());
    }
  }

  private static String table(
      Map<CrashPoint, Map<CrashPoint.Phase, Integer>> hits, int crashes, long seeds) {
    StringBuilder table =
        new StringBuilder("%d crashes in %d worlds, none seen%n".formatted(crashes, seeds - 1));
    table.append("%-20s %8s %8s %8s%n".formatted("", "before", "at", "after"));
    for (CrashPoint point : CrashPoint.values()) {
      table.append("%2d %-17s".formatted(point.number(), point));
      for (CrashPoint.Phase phase : CrashPoint.Phase.values()) {
        table.append(" %8d".formatted(hits.getOrDefault(point, Map.of()).getOrDefault(phase, 0)));
      }
      table.append(System.lineSeparator());
    }
    return table.toString();
  }
}
