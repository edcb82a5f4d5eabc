package io.headrace.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.util.stream.Collectors;

/** What Jackson is told: the same for all formats, so that a value is the same in each. */
final class Json {

  /** Times are texts as their {@code toString} gives them, with the zone they have. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModules(new Jdk8Module(), new JavaTimeModule())
          .disable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .enable(
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(
              SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
              SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /** Reads something with Jackson. */
  @FunctionalInterface
  interface Read<T> {
    T read() throws IOException;
  }

  /** A value that Jackson reads, which may not be null. */
  static <T> T value(Class<T> type, Read<T> read) throws MalformedException {
    T value;
    try {
      value = read.read();
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
      throw new MalformedException(malformed.getOriginalMessage() + place(malformed), malformed);
    } catch (IOException malformed) {
      // Bytes that look like text in another encoding, and are none.
      throw new MalformedException(String.valueOf(malformed.getMessage()), malformed);
    }
    if (value == null) {
      throw new MalformedException("null is no value");
    }
    return value;
  }

  /** Which part of the value it is, if it is known. */
  private static String place(JsonProcessingException malformed) {
    if (!(malformed instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
      return "";
    }
    return mapping.getPath().stream()
        .map(step -> step.getFieldName() == null ? "[]" : step.getFieldName())
        .collect(Collectors.joining(".", ", at ", ""));
  }
}
