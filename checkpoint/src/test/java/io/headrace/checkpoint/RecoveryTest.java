package io.headrace.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R10")
@Tag("N14")
final class RecoveryTest {

  private static final long ATTEMPT = 7;
  private static final int CHECKPOINTS = 3;

  /** What there is of a checkpoint. */
  private enum Folder {
    ABSENT,
    INCOMPLETE,
    DAMAGED,
    INTACT
  }

  /** Everything that a decision is made from; checkpoint n is the one at index n - 1. */
  private record Situation(
      List<Folder> folders,
      boolean isStarted,
      Optional<CheckpointId> committed,
      Optional<CheckpointId> override) {

    static Situation of(Folder... folders) {
      return new Situation(List.of(folders), true, Optional.empty(), Optional.empty());
    }

    Situation unmarked() {
      return new Situation(folders, false, committed, override);
    }

    Situation committed(int id) {
      return new Situation(folders, isStarted, Optional.of(id(id)), override);
    }

    Situation override(int id) {
      return new Situation(folders, isStarted, committed, Optional.of(id(id)));
    }

    Facts facts() {
      List<Facts.Found> found = new ArrayList<>();
      for (int i = 0; i < folders.size(); i++) {
        CheckpointId id = id(i + 1);
        switch (folders.get(i)) {
          case ABSENT -> {}
          case INCOMPLETE -> found.add(new Facts.Incomplete(id, ATTEMPT));
          case DAMAGED -> found.add(damaged(i + 1));
          case INTACT -> found.add(new Facts.Intact(manifest(i + 1)));
        }
      }
      return new Facts(
          "/jobs/orders",
          isStarted,
          committed.map(id -> new Facts.Committed(id, List.of("bills", "mails"))),
          found);
    }

    Decision decide() {
      return Recovery.decide(facts(), override);
    }

    List<Integer> all(Folder wanted) {
      List<Integer> ids = new ArrayList<>();
      for (int i = folders.size(); i >= 1; i--) {
        if (folders.get(i - 1) == wanted) {
          ids.add(i);
        }
      }
      return ids;
    }

    boolean isBelowCommit(long id) {
      return committed.isPresent() && id < committed.get().value();
    }
  }

  private static CheckpointId id(int id) {
    return new CheckpointId(id);
  }

  private static Manifest manifest(int id) {
    return new Manifest(Manifest.VERSION, "orders", id, ATTEMPT, List.of(), List.of(), List.of());
  }

  private static Facts.Damaged damaged(int id) {
    return new Facts.Damaged(id(id), ATTEMPT, "File " + id + " lost its end.");
  }

  private static Decision.Restore restore(int id, Facts.Damaged... passedOver) {
    return new Decision.Restore(manifest(id), List.of(passedOver), false);
  }

  private static String refusal(Situation situation) {
    Decision decision = situation.decide();
    assertThat(decision).isInstanceOf(Decision.Refuse.class);
    return ((Decision.Refuse) decision).message();
  }

  // The rows of the table

  @Test
  void aJobThatNeverStartedStartsEmptyForTheFirstTime() {
    assertThat(Situation.of().unmarked().decide()).isEqualTo(new Decision.StartEmpty(true));
  }

  @Test
  void aJobThatNeverCompletedACheckpointStartsEmptyAgain() {
    Decision again = new Decision.StartEmpty(false);

    assertThat(Situation.of().decide()).isEqualTo(again);
    assertThat(Situation.of(Folder.INCOMPLETE).decide()).isEqualTo(again);
  }

  @Test
  void theNewestCompleteCheckpointIsRestored() {
    assertThat(Situation.of(Folder.INTACT, Folder.INTACT).decide()).isEqualTo(restore(2));
    assertThat(Situation.of(Folder.INTACT, Folder.INTACT).committed(2).decide())
        .isEqualTo(restore(2));
  }

  @Test
  void aCompleteCheckpointThatIsNotCommittedIsRestoredWithItsTransactions() {
    Decision decision = Situation.of(Folder.INTACT, Folder.INTACT).committed(1).decide();

    assertThat(decision).isEqualTo(restore(2));
  }

  @Test
  void anIncompleteCheckpointIsPassedOverInSilence() {
    assertThat(Situation.of(Folder.INTACT, Folder.INCOMPLETE).decide()).isEqualTo(restore(1));
  }

  @Test
  void aDamagedCheckpointThatNoSinkCanHaveCommittedIsPassedOverAndTold() {
    Situation unmarked = Situation.of(Folder.INTACT, Folder.INTACT, Folder.DAMAGED);

    assertThat(unmarked.decide()).isEqualTo(restore(2, damaged(3)));
    assertThat(unmarked.committed(1).decide()).isEqualTo(restore(2, damaged(3)));
    assertThat(unmarked.committed(2).decide()).isEqualTo(restore(2, damaged(3)));
  }

  @Test
  void severalDamagedCheckpointsArePassedOverNewestFirst() {
    Decision decision = Situation.of(Folder.INTACT, Folder.DAMAGED, Folder.DAMAGED).decide();

    assertThat(decision).isEqualTo(restore(1, damaged(3), damaged(2)));
  }

  @Test
  void aDamagedCheckpointThatMayHaveBeenCommittedIsRefusedWithSinksAndOverride() {
    String refusal = refusal(Situation.of(Folder.INTACT, Folder.DAMAGED).committed(2));

    assertThat(refusal)
        .isEqualTo(
            "Checkpoint 2 in directory /jobs/orders cannot be restored, and results of it may have"
                + " been committed by sinks \"bills\", \"mails\": File 2 lost its end. Bring its"
                + " files back or accept with Settings.restoreBelowCommit(new CheckpointId(1))"
                + " that results after checkpoint 1 are written again.");
  }

  @Test
  void aCommittedCheckpointThatIsMissingIsRefused() {
    assertThat(refusal(Situation.of(Folder.INTACT, Folder.ABSENT).committed(2)))
        .contains("Checkpoint 2 ", "sinks \"bills\", \"mails\": it is missing.")
        .contains("Settings.restoreBelowCommit(new CheckpointId(1))");
    assertThat(refusal(Situation.of(Folder.INCOMPLETE).committed(1)))
        .endsWith("it is missing. Bring its files back.");
  }

  @Test
  void anOverrideIsOfferedOnlyForACheckpointThatIsIntact() {
    assertThat(refusal(Situation.of(Folder.DAMAGED, Folder.DAMAGED).committed(2)))
        .contains("File 2 lost its end. File 1 lost its end.")
        .doesNotContain("restoreBelowCommit");
    assertThat(refusal(Situation.of(Folder.INTACT, Folder.INTACT, Folder.DAMAGED).committed(3)))
        .contains("restoreBelowCommit(new CheckpointId(2))");
  }

  @Test
  void theCheckpointThatTheOverrideNamesIsRestoredBelowTheCommit() {
    Situation situation =
        Situation.of(Folder.INTACT, Folder.INTACT, Folder.DAMAGED).committed(3).override(1);

    assertThat(situation.decide())
        .isEqualTo(new Decision.Restore(manifest(1), List.of(damaged(3)), true));
  }

  @Test
  void whatIsOlderThanTheRestoredCheckpointIsNotPassedOver() {
    Situation situation =
        Situation.of(Folder.DAMAGED, Folder.INTACT, Folder.DAMAGED).committed(3).override(2);

    assertThat(situation.decide())
        .isEqualTo(new Decision.Restore(manifest(2), List.of(damaged(3)), true));
  }

  @Test
  void anOverrideChangesNothingWhereTheCommittedCheckpointIsIntact() {
    Situation situation = Situation.of(Folder.INTACT, Folder.INTACT).committed(2).override(1);

    assertThat(situation.decide()).isEqualTo(restore(2));
  }

  @Test
  void anOverrideForACheckpointThatIsNotIntactIsRefused() {
    Situation situation = Situation.of(Folder.DAMAGED, Folder.INTACT, Folder.DAMAGED).committed(3);

    assertThat(refusal(situation.override(1))).contains("new CheckpointId(2)");
    assertThat(refusal(situation.override(3))).contains("new CheckpointId(2)");
    assertThat(refusal(situation.override(9))).contains("new CheckpointId(2)");
  }

  @Test
  void whereACheckpointWasCompleteTheJobNeverStartsEmpty() {
    assertThat(refusal(Situation.of(Folder.DAMAGED, Folder.INCOMPLETE)))
        .isEqualTo(
            "Directory /jobs/orders has no checkpoint to start from, though one was complete: File"
                + " 1 lost its end. Bring the files back, or start the job in another directory if"
                + " it is to begin from empty.");
    assertThat(refusal(Situation.of(Folder.DAMAGED).unmarked())).contains("File 1 lost its end.");
  }

  // All situations of up to three checkpoints

  @Test
  void neverEmptyWhereACheckpointWasComplete() {
    inEachSituation(
        situation -> {
          boolean isNothingThere =
              situation.committed().isEmpty()
                  && situation.all(Folder.DAMAGED).isEmpty()
                  && situation.all(Folder.INTACT).isEmpty();
          Decision decision = situation.decide();

          assertThat(decision instanceof Decision.StartEmpty).isEqualTo(isNothingThere);
          if (decision instanceof Decision.StartEmpty empty) {
            assertThat(empty.isFirst()).isEqualTo(!situation.isStarted());
          }
        });
  }

  @Test
  void neverBelowACommitWithoutTheOverride() {
    inEachSituation(
        situation -> {
          if (situation.decide() instanceof Decision.Restore restore) {
            boolean isBelow = situation.isBelowCommit(restore.from().checkpoint());

            assertThat(restore.isBelowCommit()).isEqualTo(isBelow);
            if (isBelow) {
              assertThat(situation.override()).contains(restore.from().id());
            }
          }
        });
  }

  @Test
  void alwaysTheNewestThatIsIntactAndAllowed() {
    inEachSituation(
        situation -> {
          List<Integer> intact = situation.all(Folder.INTACT);
          Optional<Integer> above =
              intact.stream().filter(id -> !situation.isBelowCommit(id)).findFirst();
          Optional<Integer> named =
              situation.override().map(id -> (int) id.value()).filter(intact::contains);
          Optional<Integer> expected = above.or(() -> named);
          Optional<Integer> actual =
              situation.decide() instanceof Decision.Restore restore
                  ? Optional.of((int) restore.from().checkpoint())
                  : Optional.empty();

          assertThat(actual).isEqualTo(expected);
        });
  }

  @Test
  void alwaysToldWhichDamageIsPassedOver() {
    inEachSituation(
        situation -> {
          if (situation.decide() instanceof Decision.Restore restore) {
            List<Facts.Damaged> newer =
                situation.all(Folder.DAMAGED).stream()
                    .filter(id -> id > restore.from().checkpoint())
                    .map(RecoveryTest::damaged)
                    .toList();

            assertThat(restore.passedOver()).isEqualTo(newer);
          }
        });
  }

  @Test
  void alwaysRefusedWithDirectoryDamageAndSinks() {
    inEachSituation(
        situation -> {
          if (situation.decide() instanceof Decision.Refuse refuse) {
            assertThat(refuse.message())
                .containsIgnoringCase("directory /jobs/orders")
                .endsWith(".");
            for (int id : situation.all(Folder.DAMAGED)) {
              assertThat(refuse.message()).contains(damaged(id).reason());
            }
            assertThat(refuse.message().contains("sinks \"bills\", \"mails\""))
                .isEqualTo(situation.committed().isPresent());
            assertThat(refuse.message().contains("restoreBelowCommit"))
                .isEqualTo(!situation.all(Folder.INTACT).isEmpty());
          }
        });
  }

  @Test
  void theNextIdIsAboveEverythingThatIsKnown() {
    inEachSituation(
        situation -> {
          CheckpointId next = situation.facts().nextId();

          situation.facts().found().forEach(found -> assertThat(next).isGreaterThan(found.id()));
          situation.committed().ifPresent(id -> assertThat(next).isGreaterThan(id));
        });
  }

  private static void inEachSituation(Consumer<Situation> check) {
    List<Optional<CheckpointId>> ids =
        List.of(Optional.empty(), Optional.of(id(1)), Optional.of(id(2)), Optional.of(id(3)));
    for (List<Folder> folders : allFolders()) {
      for (boolean isStarted : new boolean[] {false, true}) {
        for (Optional<CheckpointId> committed : ids) {
          checkAll(check, new Situation(folders, isStarted, committed, ids.get(0)), ids);
        }
      }
    }
  }

  private static void checkAll(
      Consumer<Situation> check, Situation situation, List<Optional<CheckpointId>> overrides) {
    for (Optional<CheckpointId> override : overrides) {
      Situation each =
          new Situation(
              situation.folders(), situation.isStarted(), situation.committed(), override);
      try {
        check.accept(each);
      } catch (AssertionError failure) {
        throw new AssertionError(each + ": " + failure.getMessage(), failure);
      }
    }
  }

  private static List<List<Folder>> allFolders() {
    List<List<Folder>> all = List.of(List.of());
    for (int i = 0; i < CHECKPOINTS; i++) {
      List<List<Folder>> longer = new ArrayList<>();
      for (List<Folder> shorter : all) {
        for (Folder folder : Folder.values()) {
          List<Folder> one = new ArrayList<>(shorter);
          one.add(folder);
          longer.add(List.copyOf(one));
        }
      }
      all = longer;
    }
    return all;
  }
}
