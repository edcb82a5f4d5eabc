package io.headrace.flink.portable;

/** Where a plan is made again, the second telling of more than the first. */
enum Place {
  /** Here, of a new job. */
  HERE(
      "in the same JVM",
      "It follows from a clock, chance, a count, or what the job was given beside its settings."
          + " Make it one of them."),

  /** In a JVM that was started otherwise. */
  OTHER_JVM(
      "in another JVM",
      "It follows from the environment (its variables, properties, folders, files, time zone, date,"
          + " locale, charset), from a static field, or from an order that nobody promised, as that"
          + " of Set.of(...). Make it a setting of the job, or sort it.");

  private final String words;
  private final String remedy;

  Place(String words, String remedy) {
    this.words = words;
    this.remedy = remedy;
  }

  /** Where that is. */
  String words() {
    return words;
  }

  /** What to do about differences that show there first. */
  String remedy() {
    return remedy;
  }
}
