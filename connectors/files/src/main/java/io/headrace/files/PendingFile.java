package io.headrace.files;

/**
 * A file that is durable and waits for its commit.
 *
 * @param pending its name among the pending ones
 * @param target the name it gets
 * @param length in bytes
 */
public record PendingFile(String pending, String target, long length) {

  /** Checks that the names are names, not paths. */
  public PendingFile {
    SinkFolder.checkName(pending);
    SinkFolder.checkName(target);
  }
}
