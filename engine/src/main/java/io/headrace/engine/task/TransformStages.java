package io.headrace.engine.task;

import io.headrace.api.FilterFunction;
import io.headrace.api.FlatMapFunction;
import io.headrace.api.MapFunction;
import io.headrace.api.plan.Transformation;

/** The stateless stages. */
final class TransformStages {

  private TransformStages() {}

  /** The stage of a transformation, followed by another. */
  @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
  static Stage of(String operator, Transformation transformation, Stage next) {
    if (transformation instanceof Transformation.Map map) {
      return new Map(operator, (MapFunction<Object, Object>) map.function(), next);
    }
    if (transformation instanceof Transformation.Filter filter) {
      return new Filter(operator, (FilterFunction<Object>) filter.condition(), next);
    }
    Transformation.FlatMap flatMap = (Transformation.FlatMap) transformation;
    return new FlatMap(
        operator,
        (FlatMapFunction<Object, Object>) flatMap.function(),
        new Downstream(operator, next));
  }

  private record Map(String operator, MapFunction<Object, Object> function, Stage next)
      implements Stage {
    @Override
    public void accept(Object value) {
      Object result;
      try {
        result = function.map(value);
      } catch (Exception thrown) {
        throw UserFunctions.failed(operator, "map function", thrown);
      }
      next.accept(UserFunctions.present(operator, result));
    }
  }

  private record Filter(String operator, FilterFunction<Object> condition, Stage next)
      implements Stage {
    @Override
    public void accept(Object value) {
      boolean stays;
      try {
        stays = condition.test(value);
      } catch (Exception thrown) {
        throw UserFunctions.failed(operator, "filter condition", thrown);
      }
      if (stays) {
        next.accept(value);
      }
    }
  }

  private record FlatMap(
      String operator, FlatMapFunction<Object, Object> function, Downstream downstream)
      implements Stage {
    @Override
    public void accept(Object value) {
      try {
        function.flatMap(value, downstream);
      } catch (Exception thrown) {
        downstream.rethrow();
        throw UserFunctions.failed(operator, "flatMap function", thrown);
      }
      downstream.rethrow();
    }
  }
}
