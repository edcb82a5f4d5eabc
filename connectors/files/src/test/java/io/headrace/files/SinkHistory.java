package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ConnectorContext;
import io.headrace.files.FileSinkTest.Line;
import io.headrace.files.SinkRun.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Some attempts of a job that crash anywhere, and what must be seen in the folder after each step:
 * what is committed, all of it, once.
 */
final class SinkHistory {

  private static final int ATTEMPTS = 6;
  private static final int STEPS = 12;

  private final FileSink<Line> sink;
  private final Path folder;
  private final SplittableRandom random;
  private final ManualClock clock = new ManualClock();
  private final Map<PendingFile, List<String>> lines = new HashMap<>();
  private final List<String> expected = new ArrayList<>();
  private final List<PendingFile> carried = new ArrayList<>();
  private final List<List<String>> open = new ArrayList<>(List.of(List.of(), List.of()));
  private List<PendingFile> complete = List.of();
  private long checkpoint;
  private boolean isCrashed;

  SinkHistory(FileSink<Line> sink, Path folder, SplittableRandom random) {
    this.sink = sink;
    this.folder = folder;
    this.random = random;
  }

  /** Returns how many lines were committed. */
  int run() throws Exception {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      SinkRun run =
          SinkRun.start(
              sink, new ConnectorContext("orders", "here", "mails", 0, attempt, clock), complete);
      committed(complete);
      carried.clear();
      check();
      isCrashed = false;
      for (int step = random.nextInt(STEPS); step > 0 && !isCrashed; step--) {
        step(run, attempt + "." + step);
        check();
      }
      if (!isCrashed && random.nextBoolean()) {
        run.close();
        check();
      }
      open.replaceAll(any -> List.of());
    }
    return expected.size();
  }

  private void step(SinkRun run, String text) throws Exception {
    switch (random.nextInt(5)) {
      case 0, 1, 2 -> write(run, text);
      case 3 -> prepare(run);
      default -> {
        prepare(run);
        complete(run);
      }
    }
  }

  private void write(SinkRun run, String text) throws Exception {
    int task = random.nextInt(2);
    List<String> longer = new ArrayList<>(open.get(task));
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      clock.advance(Duration.ofMillis(random.nextInt(1000)));
      run.write(task, text + "." + i);
      longer.add(text + "." + i);
    }
    open.set(task, longer);
  }

  /** A checkpoint whose transactions are durable; if nothing follows, it is given up. */
  private void prepare(SinkRun run) throws Exception {
    checkpoint++;
    for (int task = 0; task < 2; task++) {
      List<String> written = new ArrayList<>();
      for (PendingFile file : run.prepare(task, checkpoint).makeDurable()) {
        List<String> content = LineFiles.texts(folder.resolve(".pending").resolve(file.pending()));
        assertThat(content).as("%s", file).isNotEmpty();
        lines.put(file, content);
        written.addAll(content);
        carried.add(file);
      }
      assertThat(written).containsExactlyInAnyOrderElementsOf(open.set(task, List.of()));
    }
  }

  /** The checkpoint is complete with what is carried; its commit happens, in part or wholly. */
  private void complete(SinkRun run) throws Exception {
    committed(complete);
    complete = List.copyOf(carried);
    carried.clear();
    List<PendingFile> some = complete.subList(0, random.nextInt(complete.size() + 1));
    run.commit(some);
    committed(some);
    isCrashed = random.nextInt(3) == 0;
    if (!isCrashed) {
      check();
      run.commit(complete);
      committed(complete);
    }
  }

  private void committed(List<PendingFile> files) {
    for (PendingFile file : files) {
      List<String> written = lines.put(file, List.of());
      expected.addAll(written == null ? List.of() : written);
    }
  }

  private void check() throws IOException {
    for (String name : LineFiles.names(folder)) {
      assertThat(LineFiles.texts(folder.resolve(name))).as(name).isNotEmpty();
    }
    assertThat(LineFiles.all(folder)).containsExactlyInAnyOrderElementsOf(expected);
  }
}
