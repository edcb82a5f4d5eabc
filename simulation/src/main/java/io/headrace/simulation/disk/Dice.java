package io.headrace.simulation.disk;

/** A seeded source of choices that can be copied, which a {@code SplittableRandom} cannot. */
final class Dice {

  private long state;

  Dice(long seed) {
    state = seed;
  }

  /** Dice that will give the same choices as these. */
  Dice copy() {
    return new Dice(state);
  }

  /** A number from 0 until the bound, which must be positive. */
  int below(int bound) {
    state += 0x9e3779b97f4a7c15L;
    return (int) Long.remainderUnsigned(mix(state), bound);
  }

  /** Spreads every bit of a number over all bits. */
  static long mix(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
