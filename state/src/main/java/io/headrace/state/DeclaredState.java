package io.headrace.state;

import io.headrace.codec.Decoder;

/** A state of one task, of whatever kind. The owner's thread. */
interface DeclaredState {

  /** Its name. */
  StateName name();

  /** Loads what finding some keys will need. Returns something that depends on what was loaded. */
  long touch(long[] hashes, int count);

  /** What it holds now, to be read while {@code open} is. */
  StatesView.State view(Epochs.OpenView open);

  /** Takes one entry of a checkpoint. Returns whether its key belongs to this task. */
  boolean restore(Decoder entry);

  /** Takes one deletion of a checkpoint. Returns whether its key belongs to this task. */
  boolean restoreDeletion(Decoder entry);
}
