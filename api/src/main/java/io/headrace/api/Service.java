package io.headrace.api;

/**
 * Something of the program around a job that an operator uses, by its type. See {@link Services}.
 *
 * @param <S> its type
 */
@FunctionalInterface
public interface Service<S> {

  /**
   * The service, the same each time. On the thread of the operator's task; other tasks may have the
   * same one.
   */
  S get();
}
