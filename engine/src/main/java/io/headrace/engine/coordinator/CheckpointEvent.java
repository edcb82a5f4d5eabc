package io.headrace.engine.coordinator;

import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A checkpoint, from its trigger until it was committed or given up. */
@Name("io.headrace.Checkpoint")
@Label("Checkpoint")
@Category("Headrace")
@Description("A checkpoint, from its trigger until it was committed or given up")
@StackTrace(false)
final class CheckpointEvent extends Event {

  @Label("Job")
  String job = "";

  @Label("Attempt")
  long attempt;

  @Label("Checkpoint")
  long checkpoint;

  @Label("Kind")
  @Description("periodic, requested by the program, or the last one of a run")
  String kind = "";

  @Label("Outcome")
  @Description("complete, failed, or subsumed by a later one")
  String outcome = "";

  @Label("Failure")
  @Description("Why it was given up")
  String failure = "";

  @Label("Size of State Files")
  @DataAmount
  long bytes;

  @Label("Entries of Keyed State")
  long entries;

  @Label("Start Delay")
  @Description("From the trigger until the first barrier came to a task, where it took longest")
  @Timespan
  long startDelay;

  @Label("Alignment")
  @Description("From the first barrier until the last came to a task, where it took longest")
  @Timespan
  long alignment;

  @Label("Set Aside")
  @Description("How long a task was kept from its work, where it took longest")
  @Timespan
  long setAside;

  @Label("Write")
  @Description("Until what a task had set aside was durable, where it took longest")
  @Timespan
  long write;

  @Label("Publish")
  @Description("Until the manifest was durable")
  @Timespan
  long publish;

  @Label("Commit")
  @Description("Until everything was committed and old checkpoints were deleted")
  @Timespan
  long commit;

  /** It is decided what became of it. */
  void end(CheckpointStatus status) {
    end();
    if (shouldCommit()) {
      CheckpointStatus.Phases phases = status.phases();
      outcome =
          status.isComplete() ? "complete" : status.failure().isPresent() ? "failed" : "subsumed";
      failure = status.failure().orElse("");
      bytes = status.bytes();
      entries = status.entries();
      startDelay = nanos(phases.startDelay());
      alignment = nanos(phases.alignment());
      setAside = nanos(phases.setAside());
      write = nanos(phases.write());
      publish = nanos(phases.publish());
      commit = nanos(phases.commit());
      commit();
    }
  }

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }
}
