package io.headrace.files;

import io.headrace.api.MalformedInput;
import io.headrace.api.SourceOutput;
import java.util.function.Consumer;

/** What is done with malformed elements. Called on the threads of tasks. */
@FunctionalInterface
interface MalformedHandler {

  /** Tells the job, or somebody else; returns unless the job is to fail. */
  void handle(MalformedElement element, SourceOutput<?> job);

  /** Tells the job, which fails unless it says otherwise. */
  static MalformedHandler tellJob() {
    return (element, job) ->
        job.malformed(
            new MalformedInput("File " + element.place(), element.reason(), element.bytes()));
  }

  /** Tells somebody, who may keep the bytes, and goes on. */
  static MalformedHandler handOver(Consumer<MalformedElement> receiver) {
    return (element, job) -> receiver.accept(element);
  }
}
