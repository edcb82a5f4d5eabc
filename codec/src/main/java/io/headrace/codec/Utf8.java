package io.headrace.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Strings as UTF-8 and back, where neither direction may lose anything. */
final class Utf8 {

  private static final char REPLACEMENT = '\ufffd';

  private Utf8() {}

  /** The bytes of a string. */
  static byte[] bytes(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    // What has no bytes, the JDK writes as '?'. Only a string with one has to be looked at closely.
    for (byte each : bytes) {
      if (each == '?') {
        refuseLoneSurrogate(value);
        break;
      }
    }
    return bytes;
  }

  private static void refuseLoneSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (Character.isHighSurrogate(each)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(each)) {
        throw new UnencodableException(
            "is a string with half a surrogate pair at index "
                + i
                + ", which is not text. Keep bytes in a byte[].");
      }
    }
  }

  /** The string of some bytes. */
  static String text(byte[] bytes, int from, int length) {
    String value = new String(bytes, from, length, StandardCharsets.UTF_8);
    // What is no text, the JDK reads as U+FFFD, which may also stand in the bytes itself.
    if (value.indexOf(REPLACEMENT) >= 0) {
      byte[] again = value.getBytes(StandardCharsets.UTF_8);
      if (!Arrays.equals(again, 0, again.length, bytes, from, from + length)) {
        throw new MalformedDataException(
            "The " + length + " bytes of the string at byte " + from + " are not UTF-8.");
      }
    }
    return value;
  }
}
