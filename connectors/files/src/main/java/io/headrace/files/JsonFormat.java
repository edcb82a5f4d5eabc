package io.headrace.files;

import com.fasterxml.jackson.databind.ObjectReader;

/**
 * A JSON value in each element.
 *
 * @param type the type of the values
 * @param format how the elements follow each other
 */
record JsonFormat<T>(Class<T> type, ElementFormat format) implements FileFormat<T> {

  @Override
  public Elements<T> begin(ByteWindow window) {
    ObjectReader json = Json.MAPPER.readerFor(type);
    return new Elements<>(format, element -> Json.value(type, () -> json.readValue(element)));
  }
}
