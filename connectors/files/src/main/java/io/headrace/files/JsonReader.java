package io.headrace.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headrace.api.Emitter;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.SourceReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the elements of one file. One thread. */
final class JsonReader<T> implements SourceReader<T, FilePosition> {

  private static final int MOST_PER_POLL = 256;
  private static final int LONGEST_EXCERPT = 40;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final ByteWindow window;
  private final ElementFormat format;
  private final Class<T> type;
  private final ObjectReader json;
  private final JsonSource.OnMalformed onMalformed;

  JsonReader(
      ByteWindow window, ElementFormat format, Class<T> type, JsonSource.OnMalformed onMalformed) {
    this.window = window;
    this.format = format;
    this.type = type;
    this.json = JSON.readerFor(type);
    this.onMalformed = onMalformed;
  }

  @Override
  public Poll poll(Emitter<T> out) throws IOException {
    for (int i = 0; i < MOST_PER_POLL; i++) {
      Optional<ElementFormat.Element> next = format.next(window);
      if (next.isEmpty()) {
        return Poll.END;
      }
      read(next.get(), out);
    }
    return Poll.MORE;
  }

  private void read(ElementFormat.Element element, Emitter<T> out) throws IOException {
    byte[] bytes = window.copy(element.start(), element.end());
    long line = window.lineAt(element.start());
    window.consume(element.consumed());
    window.countElement();
    T value;
    try {
      value = parse(bytes);
    } catch (InvalidDefinitionException unreadableType) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "Values cannot be read from JSON as "
              + type.getName()
              + ": "
              + unreadableType.getOriginalMessage()
              + ". Declare a type that Jackson can make, such as a record.",
          unreadableType);
    } catch (JsonProcessingException malformed) {
      refuse(line, malformed.getOriginalMessage(), bytes, malformed);
      return;
    } catch (IOException malformed) {
      // Bytes that look like text in another encoding, and are none.
      refuse(line, String.valueOf(malformed.getMessage()), bytes, malformed);
      return;
    }
    out.emit(value);
  }

  private T parse(byte[] bytes) throws IOException {
    T value = json.readValue(bytes);
    if (value == null) {
      throw MismatchedInputException.from(null, type, "null is no value");
    }
    return value;
  }

  private void refuse(long line, String reason, byte[] bytes, Exception cause) {
    onMalformed.handle(
        new MalformedElement(window.file(), line, reason + ", in " + excerpt(bytes)), cause);
  }

  private static String excerpt(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8).strip();
    StringBuilder excerpt = new StringBuilder("\"");
    for (int i = 0; i < Math.min(text.length(), LONGEST_EXCERPT); i++) {
      char each = text.charAt(i);
      excerpt.append(Character.isISOControl(each) ? '?' : each);
    }
    return excerpt.append(text.length() > LONGEST_EXCERPT ? "...\"" : "\"").toString();
  }

  @Override
  public FilePosition position() {
    return window.position();
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
