package io.headrace.engine.coordinator;

import io.headrace.api.HeadraceException;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A job failed and starts again: from the failure until the next attempt begins. */
@Name("io.headrace.Restart")
@Label("Restart")
@Category("Headrace")
@Description("A job failed and starts again: from the failure until the next attempt begins")
@StackTrace(false)
final class RestartEvent extends Event {

  @Label("Job")
  String job = "";

  @Label("Code")
  @Description("The code of the error, or the class of what was thrown")
  String code = "";

  @Label("Operator")
  String operator = "";

  @Label("Failure")
  String failure = "";

  /** Says what the job failed with. */
  void cause(Throwable cause) {
    failure = cause.toString();
    code = cause.getClass().getName();
    if (cause instanceof HeadraceException ours) {
      code = ours.code().name();
      operator = ours.operator().orElse("");
    }
  }
}
