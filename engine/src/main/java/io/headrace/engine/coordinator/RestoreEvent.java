package io.headrace.engine.coordinator;

import java.util.Optional;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An attempt is made ready from a checkpoint: sinks are recovered, state is read. */
@Name("io.headrace.Restore")
@Label("Restore")
@Category("Headrace")
@Description("An attempt is made ready from a checkpoint: sinks are recovered, state is read")
@StackTrace(false)
final class RestoreEvent extends Event {

  @Label("Job")
  String job = "";

  @Label("Attempt")
  long attempt;

  @Label("Checkpoint")
  long checkpoint;

  @Label("Entries of Keyed State")
  long entries;

  @Label("Size of State Files")
  @DataAmount
  long bytes;

  @Label("Failure")
  @Description("Why the attempt could not start")
  String failure = "";

  /** The attempt is ready, or could not be made so. */
  void end(Optional<Throwable> what) {
    end();
    if (shouldCommit()) {
      failure = what.map(Throwable::toString).orElse("");
      commit();
    }
  }
}
