package io.headrace.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** JSON of every kind, with whatever may confuse somebody who looks for its end. */
final class RandomJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> PARTS =
      List.of("\"", "\\", "\\\"", "[", "]", "{", "}", ",", ":", "\n", "a", "ü", "€", "😀", "null");
  private static final String SPACES = " \t\r\n";

  private final SplittableRandom random;

  RandomJson(long seed) {
    this.random = new SplittableRandom(seed);
  }

  List<JsonNode> values() {
    List<JsonNode> values = new ArrayList<>();
    for (int left = random.nextInt(5); left > 0; left--) {
      values.add(value(4));
    }
    return values;
  }

  private JsonNode value(int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 7)) {
      case 0 -> JSON.textNode(string());
      case 1 -> JSON.numberNode(random.nextInt());
      case 2 -> JSON.booleanNode(random.nextBoolean());
      case 3 -> JSON.textNode("");
      case 4 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  private String string() {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(6); left > 0; left--) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }

  private ArrayNode array(int depth) {
    ArrayNode array = JSON.arrayNode();
    for (int left = random.nextInt(4); left > 0; left--) {
      array.add(value(depth));
    }
    return array;
  }

  private ObjectNode object(int depth) {
    ObjectNode object = JSON.objectNode();
    for (int left = random.nextInt(4); left > 0; left--) {
      object.set(string() + left, value(depth));
    }
    return object;
  }

  /** The text of a value, with some of the given spaces wherever they may stand. */
  String text(JsonNode value, String spaces) {
    List<String> parts = new ArrayList<>();
    if (value instanceof ArrayNode array) {
      array.forEach(each -> parts.add(text(each, spaces)));
      return around("[", spaces) + String.join(around(",", spaces), parts) + around("]", spaces);
    }
    if (value instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              each ->
                  parts.add(
                      JSON.textNode(each.getKey())
                          + around(":", spaces)
                          + text(each.getValue(), spaces)));
      return around("{", spaces) + String.join(around(",", spaces), parts) + around("}", spaces);
    }
    return value.toString();
  }

  private String around(String mark, String spaces) {
    return space(spaces) + mark + space(spaces);
  }

  private String space(String spaces) {
    StringBuilder text = new StringBuilder();
    for (int left = spaces.isEmpty() ? 0 : random.nextInt(3); left > 0; left--) {
      text.append(spaces.charAt(random.nextInt(spaces.length())));
    }
    return text.toString();
  }

  /** An array of the values. */
  String arrayOf(List<JsonNode> values) {
    return text(JSON.arrayNode().addAll(values), SPACES);
  }
}
