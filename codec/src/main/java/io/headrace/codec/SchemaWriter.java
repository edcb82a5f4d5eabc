package io.headrace.codec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts a schema together, each named type spelled out where it comes first. One thread. */
final class SchemaWriter {

  private final StringBuilder json = new StringBuilder();
  private final Set<String> named = new HashSet<>();

  Schema schema() {
    return new Schema(json.toString());
  }

  /** Appends JSON as it is. */
  SchemaWriter raw(String text) {
    json.append(text);
    return this;
  }

  SchemaWriter type(PartCodec<?> codec) {
    codec.schema(this);
    return this;
  }

  /** Appends an array. */
  void array(PartCodec<?> element) {
    raw("{\"type\":\"array\",\"items\":").type(element).raw("}");
  }

  /** Appends a named type: its definition the first time, its name after that. */
  void named(String name, Runnable definition) {
    if (named.add(name)) {
      definition.run();
    } else {
      json.append('"').append(name).append('"');
    }
  }

  /** Appends a record. */
  void struct(String name, List<String> fields, List<PartCodec<?>> types) {
    named(
        name,
        () -> {
          raw("{\"type\":\"record\",\"name\":\"").raw(name).raw("\",\"fields\":[");
          for (int i = 0; i < fields.size(); i++) {
            raw(i == 0 ? "" : ",").raw("{\"name\":\"").raw(fields.get(i)).raw("\",\"type\":");
            type(types.get(i)).raw("}");
          }
          raw("]}");
        });
  }
}
