package io.headrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.engine.ListedSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In which order a source task reads and puts barriers into the stream. */
final class SourceTaskTest {

  private final ManualHost host = new ManualHost();
  private final ListedSource source = new ListedSource(Optional.empty(), true);
  private final Edge edge = new Edge(16, host.sharedPlace(), host.sharedPlace());

  private SourceTask.Started start() throws Exception {
    Outlet outlet = new PlainOutlet(new Lanes(List.of(edge)), new Track(false));
    return SourceTasks.of(
            source,
            1,
            List.of(),
            host,
            new SourceTasks.Output(outlet, List.of(outlet), OperatorTaskTest.NO_REPORTS))
        .started()
        .get(0);
  }

  /** Calls the task until it has nothing to do. Returns what it sent. */
  private List<String> run(SourceTask.Started started) {
    List<String> sent = new ArrayList<>();
    boolean goesOn = true;
    while (goesOn) {
      goesOn = started.task().call() == Progress.MADE;
      for (Item item = edge.poll(); item != null; item = edge.poll()) {
        sent.addAll(inWords(item));
      }
    }
    return sent;
  }

  private static List<String> inWords(Item item) {
    if (item instanceof Batch batch) {
      return Arrays.stream(batch.values, 0, batch.size).map(Object::toString).toList();
    }
    return item instanceof Barrier barrier
        ? List.of("barrier " + barrier.checkpoint())
        : List.of("end");
  }

  @Test
  @Tag("AB-7")
  void somethingIsReadBetweenTwoBarriersHoweverCloselyTheyFollowEachOther() throws Exception {
    source.list("a", 3);
    SourceTask.Started started = start();

    for (long checkpoint = 1; checkpoint <= 3; checkpoint++) {
      started.trigger(new CheckpointId(checkpoint), false);
    }

    assertThat(run(started))
        .containsExactly("barrier 1", "a0", "barrier 2", "a1", "barrier 3", "a2", "end");
  }

  @Test
  @Tag("AB-7")
  void whereNothingIsToBeReadBarriersFollowEachOther() throws Exception {
    source.list("a", 3);
    SourceTask.Started started = start();

    started.trigger(new CheckpointId(1), false);
    started.trigger(new CheckpointId(2), true);

    assertThat(run(started)).containsExactly("barrier 1", "barrier 2");
  }
}
