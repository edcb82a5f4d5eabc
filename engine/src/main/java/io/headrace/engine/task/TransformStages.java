package io.headrace.engine.task;

import io.headrace.api.FilterFunction;
import io.headrace.api.FlatMapFunction;
import io.headrace.api.MapFunction;
import io.headrace.api.plan.Transformation;

/** The stateless stages. */
final class TransformStages {

  private static final String NO_RESULT =
      "its map function returned null, and streams carry no nulls: use Optional, or filter or"
          + " flatMap to produce nothing";

  private TransformStages() {}

  /** The stage of a transformation, followed by another. */
  @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
  static Stage of(CallSite site, Transformation transformation, Stage next) {
    if (transformation instanceof Transformation.Map map) {
      return new Map(site, (MapFunction<Object, Object>) map.function(), next);
    }
    if (transformation instanceof Transformation.Filter filter) {
      return new Filter(site, (FilterFunction<Object>) filter.condition(), next);
    }
    Transformation.FlatMap flatMap = (Transformation.FlatMap) transformation;
    return new FlatMap(
        site,
        (FlatMapFunction<Object, Object>) flatMap.function(),
        new Downstream(NullEmitted::new, next));
  }

  private record Map(CallSite site, MapFunction<Object, Object> function, Stage next)
      implements Stage {
    @Override
    public void accept(Object value) {
      Object result;
      try {
        result = function.map(value);
      } catch (Exception thrown) {
        throw site.failed("map function", value, thrown);
      }
      if (result == null) {
        throw site.failed(NO_RESULT, value);
      }
      next.accept(result);
    }
  }

  private record Filter(CallSite site, FilterFunction<Object> condition, Stage next)
      implements Stage {
    @Override
    public void accept(Object value) {
      boolean stays;
      try {
        stays = condition.test(value);
      } catch (Exception thrown) {
        throw site.failed("filter condition", value, thrown);
      }
      if (stays) {
        next.accept(value);
      }
    }
  }

  private record FlatMap(
      CallSite site, FlatMapFunction<Object, Object> function, Downstream downstream)
      implements Stage {
    @Override
    public void accept(Object value) {
      try {
        function.flatMap(value, downstream);
      } catch (Exception thrown) {
        rethrow(value);
        throw site.failed("flatMap function", value, thrown);
      }
      rethrow(value);
    }

    private void rethrow(Object value) {
      try {
        downstream.rethrow();
      } catch (NullEmitted noValue) {
        throw site.failed(UserFunctions.EMITTED_NULL, value);
      }
    }
  }

  /** Stands for an error that names the value, which is known where the function has returned. */
  private static final class NullEmitted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NullEmitted() {
      super("Streams carry no nulls.");
    }
  }
}
