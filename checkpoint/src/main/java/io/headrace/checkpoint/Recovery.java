package io.headrace.checkpoint;

import io.headrace.api.CheckpointId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a job starts from: a pure function of what was found.
 *
 * <p>The newest intact checkpoint is restored. It is never one below a checkpoint that may have
 * been committed, unless the operator named it; and where a checkpoint was ever complete, the job
 * never starts empty.
 */
public final class Recovery {

  private Recovery() {}

  /**
   * Decides.
   *
   * @param belowCommit the one checkpoint that may be restored below a commit
   */
  public static Decision decide(Facts facts, Optional<CheckpointId> belowCommit) {
    List<Facts.Damaged> damaged = new ArrayList<>();
    for (Facts.Found found : facts.found()) {
      if (found instanceof Facts.Intact intact && isAllowed(facts, intact)) {
        return new Decision.Restore(intact.manifest(), damaged, false);
      }
      if (found instanceof Facts.Damaged each) {
        damaged.add(each);
      }
    }
    return belowCommit
        .flatMap(id -> intact(facts, id))
        .<Decision>map(from -> new Decision.Restore(from.manifest(), newer(damaged, from), true))
        .orElseGet(() -> nothingToRestore(facts, damaged));
  }

  private static boolean isAllowed(Facts facts, Facts.Intact intact) {
    return facts.committed().isEmpty() || intact.id().compareTo(facts.committed().get().id()) >= 0;
  }

  private static Optional<Facts.Intact> intact(Facts facts, CheckpointId id) {
    return facts.found().stream()
        .filter(Facts.Intact.class::isInstance)
        .map(Facts.Intact.class::cast)
        .filter(found -> found.id().equals(id))
        .findFirst();
  }

  private static List<Facts.Damaged> newer(List<Facts.Damaged> damaged, Facts.Intact than) {
    return damaged.stream().filter(each -> each.id().compareTo(than.id()) > 0).toList();
  }

  private static Decision nothingToRestore(Facts facts, List<Facts.Damaged> damaged) {
    if (facts.committed().isPresent()) {
      return new Decision.Refuse(belowCommit(facts, facts.committed().get(), damaged));
    }
    if (!damaged.isEmpty()) {
      return new Decision.Refuse(
          "Directory "
              + facts.directory()
              + " has no checkpoint to start from, though one was complete: "
              + reasons(damaged)
              + " Bring the files back, or start the job in another directory if it is to begin"
              + " from empty.");
    }
    return new Decision.StartEmpty(!facts.isStarted());
  }

  private static String belowCommit(
      Facts facts, Facts.Committed committed, List<Facts.Damaged> damaged) {
    String remedy =
        facts.found().stream()
            .filter(Facts.Intact.class::isInstance)
            .findFirst()
            .map(
                older ->
                    " or accept with Settings.restoreBelowCommit(new CheckpointId("
                        + older.id()
                        + ")) that results after checkpoint "
                        + older.id()
                        + " are written again")
            .orElse("");
    return "Checkpoint "
        + committed.id()
        + " in directory "
        + facts.directory()
        + " cannot be restored, and results of it may have been committed by "
        + (committed.sinks().size() == 1 ? "sink " : "sinks ")
        + String.join(", ", committed.sinks().stream().map(sink -> '"' + sink + '"').toList())
        + ": "
        + (damaged.isEmpty() ? "it is missing." : reasons(damaged))
        + " Bring its files back"
        + remedy
        + ".";
  }

  private static String reasons(List<Facts.Damaged> damaged) {
    return String.join(" ", damaged.stream().map(Facts.Damaged::reason).toList());
  }
}
