package io.headrace.api;

/** The problems that Headrace can name. */
public enum ErrorCode {
  /** The plan or the settings of a job have problems; the message lists all of them. */
  INVALID_JOB(Kind.USER),
  /** State was used where no value of a keyed stream is being processed. */
  STATE_OUT_OF_SCOPE(Kind.USER),
  /** A value was emitted to a side output that nothing takes. */
  SIDE_OUTPUT_UNCONNECTED(Kind.USER),
  /** A function of the user threw an exception. */
  USER_FUNCTION_FAILED(Kind.USER),
  /** A sink cannot write a value, and never will. */
  VALUE_REJECTED(Kind.USER),
  /** One value makes the job fail again after each restart. */
  POISONOUS_INPUT(Kind.USER),
  /** A value cannot be encoded as the type it was declared as. */
  VALUE_NOT_ENCODABLE(Kind.USER),
  /** Another process or another job owns the directory, or the folder that a sink writes to. */
  DIRECTORY_OWNED(Kind.USER),
  /** The directory of a job cannot be used as one. */
  DIRECTORY_UNUSABLE(Kind.EXTERNAL),
  /** Input is not what it was when a position in it was stored, or cannot be read as declared. */
  INPUT_REFUSED(Kind.EXTERNAL),
  /** A source failed. */
  SOURCE_FAILED(Kind.EXTERNAL),
  /** A sink failed. */
  SINK_FAILED(Kind.EXTERNAL),
  /** Transactions of a complete checkpoint could not be committed. */
  COMMIT_FAILED(Kind.EXTERNAL),
  /** A checkpoint could not be written. */
  CHECKPOINT_FAILED(Kind.EXTERNAL),
  /** Stored bytes are damaged, missing or not what they should be. */
  CHECKPOINT_DAMAGED(Kind.EXTERNAL),
  /** Stored state does not fit the job that is to be started from it. */
  STATE_INCOMPATIBLE(Kind.USER),
  /** A limit on state memory was reached. */
  STATE_LIMIT_REACHED(Kind.RESOURCE),
  /** A job was asked for something after it had ended. */
  JOB_ENDED(Kind.USER),
  /** An invariant of Headrace does not hold. */
  INTERNAL(Kind.INTERNAL);

  private final Kind kind;

  ErrorCode(Kind kind) {
    this.kind = kind;
  }

  /** Who can do something about it. */
  public Kind kind() {
    return kind;
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
