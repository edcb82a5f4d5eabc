package io.headrace.files;

import java.nio.file.Path;
import java.util.List;

/** Files that hold one JSON array each. */
public final class JsonArray {

  private JsonArray() {}

  /** The elements of an array in a file. */
  public static <T> JsonSource<T> read(Path file, Class<T> type) {
    return new JsonSource<>(List.of(file), type, ArrayFormat.INSTANCE, Refusal::refuse);
  }
}
