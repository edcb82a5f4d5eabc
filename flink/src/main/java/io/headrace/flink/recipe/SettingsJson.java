package io.headrace.flink.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;

/** Settings of jobs, which are records, as JSON. */
final class SettingsJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModules(new Jdk8Module(), new JavaTimeModule())
          .enable(
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(
              SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
              SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
              SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  private SettingsJson() {}

  static String write(Record settings) {
    try {
      return MAPPER.writeValueAsString(settings);
    } catch (JsonProcessingException refused) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "Settings of %s cannot be written as JSON, as which they travel: %s"
              .formatted(settings.getClass().getName(), Printable.of(refused.getOriginalMessage())),
          refused);
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException refused) {
      // What is in the settings may be a secret: the parser's place in them is not told.
      refused.clearLocation();
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "Settings cannot be read as %s from JSON: %s"
              .formatted(type.getName(), Printable.of(refused.getOriginalMessage())),
          refused);
    }
  }
}
