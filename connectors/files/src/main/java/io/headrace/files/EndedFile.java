package io.headrace.files;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that got all of its content.
 *
 * @param length in bytes, packed
 */
record EndedFile(Draft draft, long length) {

  /** Makes durable what was written through a channel that is closed. May block. */
  void makeDurable() throws IOException {
    Path path = draft.path();
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      channel.force(true);
      if (channel.size() != length) {
        throw new HeadraceException(
            ErrorCode.SINK_FAILED,
            "File %s has %d bytes instead of %d: it was changed while it was pending. Leave such files alone."
                .formatted(path, channel.size(), length));
      }
    }
  }
}
