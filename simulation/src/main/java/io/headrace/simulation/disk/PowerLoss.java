package io.headrace.simulation.disk;

import io.headrace.simulation.disk.ContentChange.Written;

/** What one loss of power does to everything that was not synced. */
final class PowerLoss {

  private static final int SECTOR = 512;

  private enum Extent {
    NOTHING,
    EVERYTHING,
    SOMETHING
  }

  private final Dice dice;
  private final Extent lost;

  private PowerLoss(Dice dice, Extent lost) {
    this.dice = dice;
    this.lost = lost;
  }

  /** One that destroys as much as chance will have it. */
  static PowerLoss random(Dice dice) {
    int chance = dice.below(10);
    return new PowerLoss(
        dice, chance < 2 ? Extent.NOTHING : chance < 6 ? Extent.EVERYTHING : Extent.SOMETHING);
  }

  /** One that keeps nothing that was not synced. */
  static PowerLoss ofEverything(Dice dice) {
    return new PowerLoss(dice, Extent.EVERYTHING);
  }

  /** Whether the next unsynced change survives. */
  boolean keeps() {
    return switch (lost) {
      case NOTHING -> true;
      case EVERYTHING -> false;
      case SOMETHING -> dice.below(2) == 0;
    };
  }

  /** Applies as much of an unsynced change as survives. */
  void apply(ContentChange change, Content durable) {
    if (lost == Extent.SOMETHING && change instanceof Written written && dice.below(2) == 0) {
      tear(written, durable);
    } else if (keeps()) {
      change.applyTo(durable);
    }
  }

  private void tear(Written written, Content durable) {
    byte[] bytes = written.bytes();
    int end = written.offset() + bytes.length;
    int within = written.offset() + dice.below(bytes.length + 1);
    int cut = Math.max(0, within / SECTOR * SECTOR - written.offset());
    if (dice.below(2) == 0) {
      durable.write(written.offset(), bytes, 0, cut);
      return;
    }
    // The new size reached the disk, and the sectors before the cut did not: they are a hole.
    durable.resize(Math.max(durable.size(), end));
    if (cut > 0) {
      durable.write(written.offset() + cut, bytes, cut, bytes.length);
    }
  }
}
