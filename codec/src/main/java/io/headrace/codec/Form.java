package io.headrace.codec;

import java.util.List;

/** What an encoded form is for. */
enum Form {
  /** Values, read back as they were. */
  VALUE,

  /** Values whose lists, sets and maps can be changed when they were read. */
  MUTABLE,

  /** Keys: as values, but equal ones have equal bytes. */
  KEY,

  /**
   * The hashes of keys: as keys, but constants and branches stand by their names, so that a key
   * keeps its hash when they are put in another order. Never read.
   */
  HASH;

  /** Whether sets and maps are sorted by their bytes. */
  boolean isSorted() {
    return this == KEY || this == HASH;
  }

  /** Whether what is written can be read. */
  boolean isRead() {
    return this != HASH;
  }

  /** What is written for each of some constants or branches. */
  long[] marks(List<String> names) {
    long[] marks = new long[names.size()];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = this == HASH ? Hash.ofText(names.get(i)) : i;
    }
    return marks;
  }
}
