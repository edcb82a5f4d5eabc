package io.headrace.flink.portable;

import io.headrace.api.plan.Node;
import io.headrace.api.plan.Plan;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose objects are looked into: those of the job, its connectors and Headrace, records and
 * lambdas. What objects of other libraries keep in their fields is their own affair, such as
 * caches.
 */
final class Scope {

  /** Modules of one project share so many words of their packages. */
  private static final int WORDS = 2;

  private final Set<String> beginnings = new HashSet<>();

  Scope(Class<?> job, Plan plan) {
    beginnings.add(beginning(Plan.class));
    beginnings.add(beginning(job));
    for (Node node : plan.nodes()) {
      if (node instanceof Node.Source source) {
        beginnings.add(beginning(source.source().getClass()));
      } else if (node instanceof Node.Sink sink) {
        beginnings.add(beginning(sink.sink().getClass()));
      }
    }
  }

  /** Whether objects of a class are what their fields are. */
  boolean looksInto(Class<?> type) {
    return !isOfJdk(type)
        && (type.isHidden() || type.isRecord() || beginnings.contains(beginning(type)));
  }

  static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private static String beginning(Class<?> type) {
    return Arrays.stream(type.getPackageName().split("\\.", -1))
        .limit(WORDS)
        .collect(Collectors.joining("."));
  }
}
