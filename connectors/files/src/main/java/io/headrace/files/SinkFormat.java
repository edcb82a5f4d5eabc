package io.headrace.files;

import io.headrace.api.ValueRejectedException;
import java.io.IOException;
import java.util.Arrays;

/** How values are written. Immutable; any thread. */
interface SinkFormat<T> {

  /** What the names of files end in. */
  String extension();

  /** What each file begins with. */
  byte[] header();

  /** A value with all that belongs to it, such as the end of its line. */
  byte[] encode(T value) throws IOException, ValueRejectedException;

  /** Makes bytes of a value. */
  @FunctionalInterface
  interface Encode<T> {
    byte[] encode(T value) throws IOException, ValueRejectedException;
  }

  /** A format without a header. */
  static <T> SinkFormat<T> of(String extension, Encode<T> encode) {
    return of(extension, new byte[0], encode);
  }

  static <T> SinkFormat<T> of(String extension, byte[] header, Encode<T> encode) {
    record Known<T>(String extension, byte[] header, Encode<T> how) implements SinkFormat<T> {
      @Override
      public byte[] encode(T value) throws IOException, ValueRejectedException {
        return how.encode(value);
      }
    }
    return new Known<>(extension, header, encode);
  }

  static byte[] line(byte[] text) {
    byte[] line = Arrays.copyOf(text, text.length + 1);
    line[text.length] = '\n';
    return line;
  }
}
