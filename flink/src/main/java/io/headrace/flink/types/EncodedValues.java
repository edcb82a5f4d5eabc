package io.headrace.flink.types;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Encoded values with their length before them. */
final class EncodedValues {

  /** What is read before it is known that there is more. */
  private static final int STEP = 1 << 16;

  private EncodedValues() {}

  static void write(byte[] bytes, int length, DataOutputView out) throws IOException {
    out.writeInt(length);
    out.write(bytes, 0, length);
  }

  /** Reads one. A length that is not true takes no memory. */
  static byte[] read(DataInputView in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new IOException("A stored value has a length of " + length + ".");
    }
    byte[] bytes = new byte[Math.min(length, STEP)];
    int read = 0;
    while (read < length) {
      if (read == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
      }
      in.readFully(bytes, read, bytes.length - read);
      read = bytes.length;
    }
    return bytes;
  }

  static void copy(DataInputView in, DataOutputView out) throws IOException {
    byte[] bytes = read(in);
    write(bytes, bytes.length, out);
  }
}
