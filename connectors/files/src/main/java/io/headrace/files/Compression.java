package io.headrace.files;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** How the content of files is packed. */
enum Compression {
  NONE("") {
    @Override
    OutputStream packed(OutputStream out) {
      return out;
    }
  },
  GZIP(".gz") {
    @Override
    OutputStream packed(OutputStream out) throws IOException {
      return new GZIPOutputStream(out, BUFFER_BYTES);
    }
  };

  private static final int BUFFER_BYTES = 1 << 13;

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** What the names of files end in, behind that of the format. */
  String suffix() {
    return suffix;
  }

  /** A stream that packs what is written to it; closing it completes the file. */
  abstract OutputStream packed(OutputStream out) throws IOException;
}
