package io.headrace.engine.task;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.plan.Node;

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
            "%s \"%s\" could not %s: %s. It is tried again when the job starts again."
                .formatted(isSource ? "Source" : "Sink", node.name(), step, thrown),
            thrown)
        .ofOperator(node.name());
  }

  /** The error to throw for what the reader of a split threw: itself if it is one of ours. */
  static HeadraceException failedAt(String source, TaskSplits.OpenSplit split, Exception thrown) {
    HeadraceException failure =
        thrown instanceof HeadraceException ours
            ? ours
            : new HeadraceException(
                ErrorCode.SOURCE_FAILED,
                "Split \"%s\" of source \"%s\" could not be read: %s. It is read again from its position in the last complete checkpoint."
                    .formatted(split.name(), source, thrown),
                thrown);
    String place = "split \"" + split.name() + "\"";
    try {
      place += " near position " + split.reader().position();
    } catch (RuntimeException unknown) {
      failure.addSuppressed(unknown);
    }
    return failure.ofOperator(source).at(place);
  }
}
