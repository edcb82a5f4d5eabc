package io.headrace.architecture;

import io.headrace.examples.FlightDelaysMain;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A program that uses a library and runs a job. Arguments: the library, and those of the example.
 * What it uses is found by name, since each run has another version, and most have none.
 */
final class BesideALibrary {

  private BesideALibrary() {}

  public static void main(String[] arguments) throws Exception {
    Object used = use(arguments[0]);
    System.out.println(used + " of " + location(used));
    FlightDelaysMain.main(Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static Object use(String library) throws ReflectiveOperationException {
    return switch (library) {
      case "guava" ->
          Class.forName("com.google.common.collect.ImmutableList")
              .getMethod("of", Object.class)
              .invoke(null, "used");
      case "netty" ->
          Class.forName("io.netty.buffer.Unpooled")
              .getMethod("copiedBuffer", byte[].class)
              .invoke(null, "used".getBytes(StandardCharsets.UTF_8));
      case "kafka" ->
          Class.forName("org.apache.kafka.common.TopicPartition")
              .getConstructor(String.class, int.class)
              .newInstance("used", 1);
      case "slf4j" ->
          Class.forName("org.slf4j.helpers.BasicMarkerFactory")
              .getMethod("getMarker", String.class)
              .invoke(
                  Class.forName("org.slf4j.helpers.BasicMarkerFactory")
                      .getConstructor()
                      .newInstance(),
                  "used");
      case "jackson" ->
          Class.forName("com.fasterxml.jackson.databind.ObjectMapper")
              .getMethod("valueToTree", Object.class)
              .invoke(
                  Class.forName("com.fasterxml.jackson.databind.ObjectMapper")
                      .getConstructor()
                      .newInstance(),
                  Map.of("used", 1));
      default -> throw new IllegalArgumentException(library);
    };
  }

  private static String location(Object used) {
    return used.getClass().getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
