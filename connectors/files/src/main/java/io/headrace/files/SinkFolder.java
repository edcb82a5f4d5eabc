package io.headrace.files;

import io.headrace.api.CheckpointId;
import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.connector.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** The folder that a sink writes to: the names in it, and which files are whose. */
final class SinkFolder {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");
  private static final int MOST_OF_A_NAME = 40;

  /** Those of all formats: a sink cleans up what it wrote in another format before. */
  private static final List<String> EXTENSIONS = List.of("jsonl", "csv", "txt");

  private final Path folder;
  private final String operator;
  private final Pattern ours;

  SinkFolder(Path folder, String operator) {
    this.folder = folder;
    this.operator = safe(operator);
    this.ours =
        Pattern.compile(
            this.operator
                + "-([0-9]{1,18})(-[0-9]{1,18}){2}\\.("
                + String.join("|", EXTENSIONS)
                + ")(\\.gz)?");
  }

  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"" + Printable.of(name) + "\" is not the name of a file of a sink");
    }
  }

  /** Checks the name of a file with the folders on the way. */
  static void checkTarget(String target) {
    String[] levels = target.split("/", -1);
    for (int i = 0; i < levels.length - 1; i++) {
      if (!PartitionNames.isSafe(levels[i])) {
        throw new IllegalArgumentException(
            "\"" + Printable.of(target) + "\" is not the name of a file of a sink");
      }
    }
    checkName(levels[levels.length - 1]);
  }

  /** Operator names with anything unusual in them get a checksum, so that they stay different. */
  private static String safe(String name) {
    String readable = name.replaceAll("[^A-Za-z0-9_]", "_");
    String start = readable.substring(0, Math.min(readable.length(), MOST_OF_A_NAME));
    if (start.equals(name)) {
      return start;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(name.getBytes(StandardCharsets.UTF_8));
    return start + "_" + Long.toHexString(checksum.getValue());
  }

  Path folder() {
    return folder;
  }

  Path pendingFolder() {
    return folder.resolve(".pending");
  }

  Path ownerFile() {
    return pendingFolder().resolve(operator + ".owner");
  }

  /** The folders within the folder that lead to a committed file, the one that holds it first. */
  List<Path> chain(Path target) {
    List<Path> chain = new ArrayList<>();
    Path top = folder.toAbsolutePath();
    for (Path at = DurableFiles.parent(target); !at.equals(top); at = DurableFiles.parent(at)) {
      chain.add(at);
    }
    return chain;
  }

  void create() throws IOException {
    DurableFiles.createDirectories(folder);
    if (Files.isSymbolicLink(pendingFolder())) {
      throw new HeadraceException(
          ErrorCode.DIRECTORY_UNUSABLE,
          "Folder "
              + pendingFolder()
              + " is a link, which may lead anywhere. Put a folder in its place.");
    }
    DurableFiles.createDirectories(pendingFolder());
    DurableFiles.syncNames(pendingFolder());
  }

  /** A name that is never used twice, without what files of a format end in. */
  String pendingName(ConnectorContext context, long number) {
    return "%s-%d-%d-%d".formatted(operator, context.attempt(), context.task(), number);
  }

  /**
   * Names that sort in the order of checkpoints, and for each task in that of its files, and are
   * never used twice; without what files of a format end in.
   */
  String targetName(ConnectorContext context, CheckpointId checkpoint, int number) {
    return "%s-%012d-%d-%d-%06d"
        .formatted(operator, checkpoint.value(), context.attempt(), context.task(), number);
  }

  /** The pending files of this sink that attempts before one have left, sorted. */
  List<String> pendingBefore(long attempt) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(pendingFolder())) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        Matcher matcher = ours.matcher(name);
        if (matcher.matches() && Long.parseLong(matcher.group(1)) < attempt) {
          names.add(name);
        }
      }
    }
    names.sort(null);
    return names;
  }
}
