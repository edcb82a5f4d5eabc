package io.headrace.checkpoint;

import io.headrace.api.CheckpointId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in a job's directory: what is written by one and read by another is named here. */
final class FileNames {

  static final String CHECKPOINTS = "checkpoints";
  static final String MANIFEST = "manifest.avro";
  static final String MANIFEST_BEING_WRITTEN = "manifest.avro.tmp";
  static final String LOCK = "owner.lock";
  static final String JVM_LOCK = "jvm.lock";
  static final String OWNER = "owner";
  static final String STARTED = "started";

  private static final int MOST_OF_A_NAME = 40;
  private static final String COMPLETED = "completed-";
  private static final String COMMITTED = "committed-";
  private static final String EPOCH = "epoch-";
  private static final String ID = "id-";
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
  private static final Pattern FOLDER = Pattern.compile("([1-9][0-9]{0,17})-([1-9][0-9]{0,17})");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern STATE_FILE = Pattern.compile("[A-Za-z0-9_-]{1,160}\\.state\\.avro");
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_]");

  private FileNames() {}

  /** A checkpoint's folder. */
  record Folder(CheckpointId checkpoint, long attempt) implements Comparable<Folder> {
    @Override
    public int compareTo(Folder other) {
      int byId = checkpoint.compareTo(other.checkpoint);
      return byId != 0 ? byId : Long.compare(attempt, other.attempt);
    }

    @Override
    public String toString() {
      return checkpoint + "-" + attempt;
    }
  }

  static Optional<Folder> folder(String name) {
    Matcher matcher = FOLDER.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new Folder(
                new CheckpointId(Long.parseLong(matcher.group(1))),
                Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  static String completed(Folder folder) {
    return COMPLETED + folder;
  }

  static Optional<Folder> completed(String name) {
    return name.startsWith(COMPLETED)
        ? folder(name.substring(COMPLETED.length()))
        : Optional.empty();
  }

  static String committed(CheckpointId checkpoint) {
    return COMMITTED + checkpoint;
  }

  static Optional<CheckpointId> committed(String name) {
    return number(name, COMMITTED).map(CheckpointId::new);
  }

  static String epoch(long epoch) {
    return EPOCH + epoch;
  }

  static Optional<Long> epoch(String name) {
    return number(name, EPOCH);
  }

  static String id(long random) {
    return ID + "%016x".formatted(random);
  }

  static Optional<String> id(String name) {
    String id = name.startsWith(ID) ? name.substring(ID.length()) : "";
    return HEX.matcher(id).matches() ? Optional.of(id) : Optional.empty();
  }

  private static Optional<Long> number(String name, String prefix) {
    if (!name.startsWith(prefix) || !NUMBER.matcher(name.substring(prefix.length())).matches()) {
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(name.substring(prefix.length())));
  }

  static boolean isStateFile(String name) {
    return STATE_FILE.matcher(name).matches();
  }

  /** The file of a state of a task: readable, and different for different operators and states. */
  static String stateFile(String operator, String state, int task) {
    return safe(operator) + "-" + safe(state) + "-" + task + ".state.avro";
  }

  private static String safe(String name) {
    String readable = UNSAFE.matcher(name).replaceAll("_");
    String start = readable.substring(0, Math.min(readable.length(), MOST_OF_A_NAME));
    // A hash keeps apart what looks the same; names that are safe as they are need none.
    return start.equals(name) ? name : start + "_" + hash(name);
  }

  private static String hash(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return Long.toHexString(io.headrace.codec.Hash.ofBytes(bytes, 0, bytes.length, 0));
  }
}
