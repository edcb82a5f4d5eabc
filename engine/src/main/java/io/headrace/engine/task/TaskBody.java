package io.headrace.engine.task;

/** What a task does when it is called, besides reading its mail. */
interface TaskBody {

  /** Does a little work. */
  Progress step() throws Exception;
}
