package io.headrace.engine.task;

import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Source;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.plan.Node;
import io.headrace.checkpoint.Manifest;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Knows the splits of a source and gives each to one of its tasks, the one that reads the fewest:
 * those that there are when an attempt starts, and those that the source lists later, if it is
 * asked again.
 *
 * <p>At the start on the thread that builds the tasks, then on that of the source's first task; the
 * source is asked on threads that may block.
 */
final class Enumerator {

  private final Node.Source node;
  private final Source<Object, Object> source;
  private final Codec<Object> codec;
  private final AttemptContext attempt;
  private final List<ConnectorContext> contexts;
  private final Resources resources;
  private final Optional<Duration> interval;

  /** How many splits each task reads. */
  private final int[] load;

  /** Every split that is read, or has ended, or is being forgotten. */
  private final Set<String> known = new TreeSet<>();

  /** The task of each split that has ended and is listed. */
  private final SortedMap<String, Integer> ended = new TreeMap<>();

  private final List<SourceTask.Started> tasks = new ArrayList<>();
  private long lastAsked;
  private boolean isAsking;
  private boolean isComplete;

  /**
   * @param contexts what readers of each task are opened with
   * @param resources holds the readers
   */
  @SuppressWarnings("unchecked") // A source agrees with itself.
  Enumerator(
      Node.Source node,
      AttemptContext attempt,
      List<ConnectorContext> contexts,
      Resources resources) {
    this.node = node;
    this.source = (Source<Object, Object>) node.source();
    this.codec = Codecs.of(source.positionType().type());
    this.attempt = attempt;
    this.contexts = contexts;
    this.resources = resources;
    this.interval = source.discoveryInterval();
    this.isComplete = interval.isEmpty();
    this.load = new int[contexts.size()];
    this.lastAsked = attempt.host().clock().nanoTime();
  }

  /** Whether no split will come any more. */
  boolean isComplete() {
    return isComplete;
  }

  /**
   * Opens the splits that there are, and says which each task has. Once, on a thread that may
   * block.
   *
   * @param stored where the checkpoint to start from says that they stand
   */
  List<TaskSplits> open(List<Manifest.Position> stored) throws Exception {
    List<TaskSplits> shares =
        IntStream.range(0, load.length)
            .mapToObj(task -> new TaskSplits(new TaskId(node.name(), task), codec, this))
            .toList();
    SortedMap<String, Object> unread = list();
    for (Manifest.Position split : stored) {
      boolean isListed = unread.containsKey(split.split());
      if (split.hasEnded() && interval.isPresent()) {
        unread.remove(split.split());
        restoreEnded(split, isListed, shares);
      } else if (isListed) {
        unread.put(split.split(), codec.decode(new Decoder(split.position())));
      } else {
        throw gone(split.split());
      }
    }
    for (Map.Entry<String, Object> split : unread.entrySet()) {
      int task = leastLoaded(load);
      shares.get(task).add(open(split.getKey(), split.getValue(), task));
      load[task]++;
      known.add(split.getKey());
    }
    return shares;
  }

  private void restoreEnded(Manifest.Position split, boolean isListed, List<TaskSplits> shares) {
    int task = known.size() % shares.size();
    known.add(split.split());
    shares.get(task).addEnded(split);
    if (isListed) {
      ended.put(split.split(), task);
    } else {
      shares.get(task).forget(split.split());
    }
  }

  /** Says who the tasks are, before they start. */
  void connect(List<SourceTask.Started> started) {
    tasks.addAll(started);
  }

  /** Has the source asked again when it is time. */
  void step() {
    if (isComplete || isAsking) {
      return;
    }
    long now = attempt.host().clock().nanoTime();
    if (now - lastAsked < TimeUnit.NANOSECONDS.convert(interval.orElseThrow())) {
      return;
    }
    lastAsked = now;
    isAsking = true;
    Question question = new Question(new TreeSet<>(known), load.clone());
    attempt.host().block("The listing of source \"" + node.name() + "\"", () -> ask(question));
  }

  /**
   * What is known when the source is asked.
   *
   * @param load of each task; what is found is added to it
   */
  private record Question(Set<String> known, int[] load) {

    boolean isNothingRead() {
      return Arrays.stream(load).sum() == 0;
    }
  }

  /** A new split, for a task. */
  private record Found(int task, TaskSplits.OpenSplit split) {}

  private void ask(Question question) {
    try {
      SortedMap<String, Object> listed = list();
      List<Found> found = new ArrayList<>();
      for (Map.Entry<String, Object> split : listed.entrySet()) {
        if (!question.known().contains(split.getKey())) {
          int task = leastLoaded(question.load());
          found.add(new Found(task, open(split.getKey(), split.getValue(), task)));
          question.load()[task]++;
        }
      }
      boolean isLast = source.isBounded() && question.isNothingRead();
      first().post(() -> take(found, listed.keySet(), isLast));
    } catch (Throwable cause) { // Whatever it is, the attempt ends with it and its cause is told.
      attempt.reports().failed(first().id(), cause);
    }
  }

  private AttemptTask first() {
    return tasks.get(0).task();
  }

  private void take(List<Found> found, Set<String> listed, boolean isLast) {
    isAsking = false;
    for (Found each : found) {
      known.add(each.split().name());
      load[each.task()]++;
      tasks.get(each.task()).add(each.split());
    }
    List<String> unlisted = ended.keySet().stream().filter(name -> !listed.contains(name)).toList();
    for (String split : unlisted) {
      tasks.get(ended.remove(split)).forget(split);
    }
    if (isLast) {
      isComplete = true;
      tasks.forEach(SourceTask.Started::noMoreSplits);
    }
  }

  /** A task has read a split to its end. Any thread. */
  void ended(int task, String split) {
    if (interval.isPresent()) {
      first()
          .post(
              () -> {
                load[task]--;
                ended.put(split, task);
              });
    }
  }

  /** The names of splits are free again. Any thread. */
  void forgotten(Set<String> splits) {
    first().post(() -> known.removeAll(splits));
  }

  private SortedMap<String, Object> list() {
    SortedMap<String, Object> listed = new TreeMap<>();
    try {
      for (Split<Object> split : source.splits()) {
        if (listed.put(split.name(), split.position()) != null) {
          throw new IllegalStateException("split \"" + split.name() + "\" is listed twice");
        }
      }
      return listed;
    } catch (Exception thrown) {
      throw Connectors.failed(node, "list its splits", thrown);
    }
  }

  private TaskSplits.OpenSplit open(String split, Object position, int task) {
    try {
      SourceReader<Object, Object> reader = source.open(split, position, contexts.get(task));
      return new TaskSplits.OpenSplit(
          split, reader, resources.hold(() -> close(reader, split, task)));
    } catch (Exception thrown) {
      throw Connectors.failed(node, "open " + named(split, task), thrown)
          .at("split \"" + split + "\" at " + position);
    }
  }

  private void close(SourceReader<Object, Object> reader, String split, int task) {
    try {
      reader.close();
    } catch (Exception thrown) {
      throw Connectors.failed(node, "close " + named(split, task), thrown)
          .at("split \"" + split + "\"");
    }
  }

  private String named(String split, int task) {
    return "split \"%s\" in task \"%s\"".formatted(split, new TaskId(node.name(), task));
  }

  private HeadraceException gone(String split) {
    return new HeadraceException(
            ErrorCode.INPUT_REFUSED,
            "Source \""
                + node.name()
                + "\" no longer has split \""
                + split
                + "\", which the checkpoint has a position in. Bring it back; what it holds after"
                + " that position would be lost.")
        .ofOperator(node.name());
  }

  /** The task with the fewest splits, of several the first. */
  private static int leastLoaded(int[] load) {
    int least = 0;
    for (int task = 1; task < load.length; task++) {
      if (load[task] < load[least]) {
        least = task;
      }
    }
    return least;
  }
}
