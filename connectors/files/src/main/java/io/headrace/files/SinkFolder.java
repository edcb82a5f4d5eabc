package io.headrace.files;

import io.headrace.api.CheckpointId;
import io.headrace.api.ConnectorContext;
import io.headrace.api.connector.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** The folder that a sink writes to: the names in it, and which files are whose. */
final class SinkFolder {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");
  private static final int MOST_OF_A_NAME = 40;

  private final Path folder;
  private final String operator;
  private final Pattern ours;

  SinkFolder(Path folder, String operator) {
    this.folder = folder;
    this.operator = safe(operator);
    this.ours =
        Pattern.compile(this.operator + "-([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,18})\\.jsonl");
  }

  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" is not the name of a file of a sink");
    }
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

  void create() throws IOException {
    DurableFiles.createDirectories(folder);
    DurableFiles.createDirectories(pendingFolder());
    DurableFiles.syncNames(pendingFolder());
  }

  String pendingName(ConnectorContext context, long number) {
    return "%s-%d-%d-%d.jsonl".formatted(operator, context.attempt(), context.task(), number);
  }

  /** Names that sort in the order of checkpoints, and are never used twice. */
  String targetName(ConnectorContext context, CheckpointId checkpoint) {
    return "%s-%012d-%d-%d.jsonl"
        .formatted(operator, checkpoint.value(), context.attempt(), context.task());
  }

  /** The pending files of this sink, sorted. */
  List<String> pending() throws IOException {
    return ours(pendingFolder()).stream().map(MatchResult::group).sorted().toList();
  }

  /** The newest attempt that a file of this sink is from, pending or not; 0 if there is none. */
  long newestAttempt() throws IOException {
    long newest = 0;
    for (MatchResult pending : ours(pendingFolder())) {
      newest = Math.max(newest, Long.parseLong(pending.group(1)));
    }
    for (MatchResult committed : ours(folder)) {
      newest = Math.max(newest, Long.parseLong(committed.group(2)));
    }
    return newest;
  }

  /** The names of this sink's files in a folder, with the three numbers in each. */
  private List<MatchResult> ours(Path in) throws IOException {
    List<MatchResult> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(in)) {
      for (Path file : files) {
        Matcher name = ours.matcher(file.getFileName().toString());
        if (name.matches()) {
          names.add(name.toMatchResult());
        }
      }
    }
    return names;
  }
}
