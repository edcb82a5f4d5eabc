package io.headrace.codec;

import io.headrace.api.KeyValue;
import io.headrace.api.TypeToken;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Types of every kind that has a codec. */
final class Zoo {

  private Zoo() {}

  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "verdant";
      }
    },
    BLUE
  }

  record Primitives(
      byte b, short s, char c, int i, long l, float f, double d, boolean z, String text) {}

  record Boxes(Byte b, Short s, Character c, Integer i, Long l, Float f, Double d, Boolean z) {}

  record Times(
      Instant instant,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      Duration duration,
      Period period,
      ZonedDateTime zoned,
      OffsetDateTime offset) {}

  record MoreTimes(
      OffsetTime time,
      ZoneId zone,
      ZoneOffset offset,
      Year year,
      YearMonth yearMonth,
      MonthDay monthDay,
      DayOfWeek day,
      Month month) {}

  record Large(BigDecimal decimal, BigInteger integer, UUID id) {}

  @SuppressWarnings("ArrayRecordComponent") // Users have such records too.
  record Arrays(byte[] bytes, int[] ints, String[] texts, long[][] grid, List<Colour>[] lists) {}

  record Collections(
      List<String> list,
      Set<Integer> set,
      Map<String, Long> map,
      Map<Colour, List<Byte>> byColour) {}

  record Pair<A, B>(A first, B second) {}

  @SuppressWarnings("ArrayRecordComponent") // Users have such records too.
  record Named<T>(String name, T[] values, Optional<T> best) {}

  record Tree(String value, List<Tree> children) {}

  record Chain(int value, Optional<Chain> next) {}

  record Empty() {}

  private record Hidden(int value) {}

  sealed interface Shape permits Circle, Polygon, Unknown {}

  record Circle(double radius) implements Shape {}

  sealed interface Polygon extends Shape permits Triangle, Square {}

  record Triangle(double a, double b, double c) implements Polygon {}

  record Square(double side) implements Polygon {}

  enum Unknown implements Shape {
    UNSEEN,
    UNSURE
  }

  sealed interface Only permits TheOne {}

  record TheOne(String name) implements Only {}

  sealed interface Expression permits Literal, Sum, Negated {}

  record Literal(long value) implements Expression {}

  record Sum(Expression left, Expression right) implements Expression {}

  record Negated(Expression of) implements Expression {}

  sealed interface Result<T, E> permits Success, Failure, Pending {}

  record Success<V, E>(V value) implements Result<V, E> {}

  record Failure<V, E>(E error) implements Result<V, E> {}

  record Pending<V, E>() implements Result<V, E> {}

  /** The types, one after the other. */
  static List<TypeToken<?>> types() {
    return List.of(
        TypeToken.of(Primitives.class),
        TypeToken.of(Boxes.class),
        TypeToken.of(Times.class),
        TypeToken.of(MoreTimes.class),
        TypeToken.of(Large.class),
        TypeToken.of(Arrays.class),
        TypeToken.of(Collections.class),
        TypeToken.of(Tree.class),
        TypeToken.of(Chain.class),
        TypeToken.of(Empty.class),
        TypeToken.of(Hidden.class),
        TypeToken.of(Shape.class),
        TypeToken.of(Only.class),
        TypeToken.of(Expression.class),
        TypeToken.of(Colour.class),
        TypeToken.of(long[].class),
        TypeToken.of(byte[].class),
        TypeToken.of(String.class),
        TypeToken.of(Integer.class),
        new TypeToken<Optional<Shape>>() {},
        new TypeToken<Optional<String>>() {},
        new TypeToken<List<Optional<Instant>>>() {},
        new TypeToken<Set<Pair<Integer, String>>>() {},
        new TypeToken<Map<Pair<Integer, String>, Map<String, Tree>>>() {},
        new TypeToken<KeyValue<String, List<? extends Shape>>>() {},
        new TypeToken<Pair<Pair<Long, Colour>, Pair<Colour, Long>>>() {},
        new TypeToken<Named<Pair<String, Shape>>>() {},
        new TypeToken<Named<byte[]>>() {},
        new TypeToken<Result<List<String>, Shape>>() {},
        new TypeToken<List<String>[][]>() {});
  }
}
