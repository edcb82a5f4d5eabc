package io.headrace.engine.task;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.plan.Node;
import java.util.Optional;

/** What becomes of exceptions that connectors throw before the tasks run. */
public final class Connectors {

  private Connectors() {}

  /**
   * The error to throw for what a connector threw: itself if it is one of ours.
   *
   * @param node the source or sink
   * @param step what it could not do, as it follows "could not"
   */
  public static HeadraceException failed(Node node, String step, Exception thrown) {
    if (thrown instanceof HeadraceException ours) {
      return ours.ofOperator(node.name());
    }
    boolean isSource = node instanceof Node.Source;
    return new HeadraceException(
            isSource ? ErrorCode.SOURCE_FAILED : ErrorCode.SINK_FAILED,
            "%s \"%s\" could not %s: %s. It is tried again if the job starts again."
                .formatted(isSource ? "Source" : "Sink", node.name(), step, Printable.of(thrown)),
            thrown)
        .ofOperator(node.name());
  }

  /**
   * What the reader of a split was asked to do.
   *
   * @param source its name
   * @param step what it could not do, as it follows "could not"
   */
  record Asked(String source, TaskId task, TaskSplits.OpenSplit split, String step) {

    /** The error to throw for what it threw: itself if it is one of ours. */
    HeadraceException failed(Exception thrown) {
      String place = "split \"" + split.name() + "\"";
      Optional<Exception> unknown = Optional.empty();
      try {
        place += " near " + split.reader().position();
      } catch (RuntimeException alsoThrown) {
        unknown = Optional.of(alsoThrown);
      }
      HeadraceException failure =
          thrown instanceof HeadraceException ours
              ? ours
              : new HeadraceException(
                  ErrorCode.SOURCE_FAILED,
                  "Source \"%s\", in task \"%s\", could not %s (%s): %s. A job with a directory reads the split again from its position in the last complete checkpoint."
                      .formatted(source, task, step, place, Printable.of(thrown)),
                  thrown);
      unknown.filter(each -> each != thrown).ifPresent(failure::addSuppressed);
      return failure.ofOperator(source).at(place);
    }
  }
}
