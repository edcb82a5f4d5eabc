package io.headrace.api;

/**
 * A stream processing job: describes, once, what is read, computed and written.
 *
 * <p>{@link #define} only describes; it is called whenever a plan of the job is needed, on the
 * thread that asks for it, and must describe the same pipeline each time.
 */
@FunctionalInterface
public interface Job {

  /** Describes the pipeline of this job. */
  void define(Pipeline pipeline);

  /**
   * What its operators use and do not make themselves. Called with {@link #define}, in every JVM
   * where the job runs: services are made when an operator asks for one, not here.
   */
  default Services services() {
    return Services.none();
  }

  /** The name in logs, thread names and the owner file of the job's directory. */
  default String name() {
    Class<?> type = getClass();
    return type.isHidden() || type.getSimpleName().isEmpty() ? "job" : type.getSimpleName();
  }
}
