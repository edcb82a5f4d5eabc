package io.headrace.files;

/**
 * A file that is durable and waits for its commit.
 *
 * @param pending its name among the pending ones
 * @param target the name it gets in the folder, with those of the folders on the way and slashes
 *     between them
 * @param length in bytes
 */
public record PendingFile(String pending, String target, long length) {

  /** Checks that the names are names, not paths that lead elsewhere. */
  public PendingFile {
    SinkFolder.checkName(pending);
    SinkFolder.checkTarget(target);
  }

  static PendingFile of(EndedFile file, String name) {
    Draft draft = file.draft();
    String folder = draft.partition().isEmpty() ? "" : draft.partition() + "/";
    return new PendingFile(draft.path().getFileName().toString(), folder + name, file.length());
  }

  /** The name it gets, without folders. */
  String name() {
    return target.substring(target.lastIndexOf('/') + 1);
  }

  /** What is the same for all files of one task in one folder. */
  String writer() {
    return target.substring(0, target.lastIndexOf('/') + 1)
        + pending.substring(0, pending.lastIndexOf('-') + 1);
  }
}
