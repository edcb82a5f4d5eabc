package io.headrace.api;

/** The problems that Headrace can name. Each has a page of its name in {@code docs/errors}. */
public enum ErrorCode {
  /** The plan or the settings of a job have problems; the message lists all of them. */
  INVALID_JOB(
      Kind.USER, "Mend each of the problems that the message lists; nothing has been started."),
  /** State was used where no value of a keyed stream is being processed. */
  STATE_OUT_OF_SCOPE(
      Kind.USER, "Use state in process(...) and onTimer(...) only, on the thread that calls them."),
  /** Tasks of an operator have different broadcast state, though they took the same values. */
  BROADCAST_STATE_DIFFERS(
      Kind.USER,
      "Have processBroadcast(...) write what follows from the value and from broadcast state"
          + " alone."),
  /** A value was emitted to a side output that nothing takes. */
  SIDE_OUTPUT_UNCONNECTED(
      Kind.USER, "Take the side output with stream.side(...), or do not emit to it."),
  /** A function of the user threw an exception. */
  USER_FUNCTION_FAILED(
      Kind.USER, "Mend the function, or filter out the values that it cannot take."),
  /** A sink cannot write a value, and never will. */
  VALUE_REJECTED(
      Kind.USER, "Have the job pass such values with skipFailures() or deadLetters() on the sink."),
  /** One value makes the job fail again after each restart. */
  POISONOUS_INPUT(
      Kind.USER,
      "Mend the function or the input, or pass such values with skipFailures() or deadLetters()."),
  /** A value cannot be encoded as the type it was declared as. */
  VALUE_NOT_ENCODABLE(Kind.USER, "Hand over values of the declared type, without nulls in them."),
  /** Another process or another job owns the directory, or the folder that a sink writes to. */
  DIRECTORY_OWNED(
      Kind.USER, "Stop the run that owns the directory, or give this one a directory of its own."),
  /** The directory of a job cannot be used as one. */
  DIRECTORY_UNUSABLE(Kind.EXTERNAL, "Check the path, its permissions and the free space."),
  /** Input is not what it was when a position in it was stored, or cannot be read as declared. */
  INPUT_REFUSED(
      Kind.EXTERNAL, "Bring the input back as it was, or mend it, before the job starts again."),
  /** A source failed. */
  SOURCE_FAILED(
      Kind.EXTERNAL,
      "See to the system that the source reads from; when the job restarts it reads again."),
  /** A sink failed. */
  SINK_FAILED(
      Kind.EXTERNAL,
      "See to the system that the sink writes to; when the job restarts it writes again."),
  /** A service that the job gives its operators could not be opened. */
  SERVICE_FAILED(
      Kind.EXTERNAL, "See to what the service needs; when the job restarts it opens it again."),
  /** Transactions of a complete checkpoint could not be committed. */
  COMMIT_FAILED(
      Kind.EXTERNAL,
      "See to the system that the sink commits to; nothing that a checkpoint in a directory holds"
          + " is lost."),
  /** A checkpoint could not be written. */
  CHECKPOINT_FAILED(
      Kind.EXTERNAL, "See to the storage of the checkpoints, or give them more time."),
  /** Stored bytes are damaged, missing or not what they should be. */
  CHECKPOINT_DAMAGED(
      Kind.EXTERNAL,
      "Bring the files back from a copy; do not start from empty unless you mean it."),
  /** Stored state does not fit the job that is to be started from it. */
  STATE_INCOMPATIBLE(
      Kind.USER, "Run the job as it was, or start the changed one in another directory."),
  /** A limit on state memory was reached. */
  STATE_LIMIT_REACHED(
      Kind.RESOURCE, "Raise the limit on state memory and the heap with it, or keep less state."),
  /** An operator or a call to a connector has not returned for longer than the watchdog allows. */
  OPERATOR_STUCK(
      Kind.EXTERNAL,
      "See in the stack where the operator waits or loops, and mend that; if it must wait, say"
          + " blocking() of it and allow it more time."),
  /** Code threw an Error, after which nothing that it was doing can be relied on. */
  FATAL_ERROR(
      Kind.USER,
      "Mend what threw the Error; a job with a directory then goes on from its last checkpoint."),
  /** The memory of the JVM was used up. */
  OUT_OF_MEMORY(
      Kind.RESOURCE, "Give the JVM a larger heap, or lower the limit on state memory below it."),
  /** A thread was interrupted while it waited for a job, which goes on. */
  WAIT_INTERRUPTED(Kind.USER, "Wait again, or end the job with cancel() or close()."),
  /** A job was asked for something after it had ended. */
  JOB_ENDED(Kind.USER, "Start the job again if it is to go on."),
  /** A registry has meters of a job of the same name already. */
  METERS_TAKEN(
      Kind.USER,
      "Bind a run once; close what another run of that name was bound with, or give one of the"
          + " jobs another name."),
  /** An invariant of Headrace does not hold. */
  INTERNAL(
      Kind.INTERNAL,
      "Report it with the message, the stack and the version: it is a mistake of Headrace.");

  private final Kind kind;
  private final String remedy;

  /**
   * @param remedy what to do, a full sentence; {@code docs/errors} has a page that says more
   */
  ErrorCode(Kind kind, String remedy) {
    this.kind = kind;
    this.remedy = remedy;
  }

  /** Who can do something about it. */
  public Kind kind() {
    return kind;
  }

  /**
   * Whether it may be the fault of the value at hand, so that an operator may put that aside and go
   * on.
   */
  public boolean isOfValue() {
    return this == USER_FUNCTION_FAILED || this == VALUE_NOT_ENCODABLE || this == VALUE_REJECTED;
  }

  /** What to do about such a problem, a full sentence. */
  public String remedy() {
    return remedy;
  }

  /** Who can do something about a problem. */
  public enum Kind {
    /** The author of the job. */
    USER("user error"),
    /** Whoever runs the disks, networks and systems around it. */
    EXTERNAL("external"),
    /** Whoever gives the job its memory and disk. */
    RESOURCE("resource limit"),
    /** The authors of Headrace. */
    INTERNAL("internal error");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** The kind in words, as messages end with it. */
    public String words() {
      return words;
    }
  }
}
