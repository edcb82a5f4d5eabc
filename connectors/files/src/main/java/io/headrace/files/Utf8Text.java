package io.headrace.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Texts as bytes, without anything put in the place of what is wrong. */
final class Utf8Text {

  private Utf8Text() {}

  static String decode(byte[] bytes) throws MalformedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException malformed) {
      throw new MalformedException("it is no UTF-8", malformed);
    }
  }

  /** The bytes of a text; empty if it has half of a character only. */
  static Optional<byte[]> encode(CharSequence text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return Optional.of(copy);
    } catch (CharacterCodingException unpaired) {
      return Optional.empty();
    }
  }
}
