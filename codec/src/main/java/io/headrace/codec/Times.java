package io.headrace.codec;

import io.headrace.codec.ScalarCodec.Named;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The codecs of {@code java.time}: exact to the nanosecond, over the whole range of each type. */
final class Times {

  private static final Map<Class<?>, PartCodec<?>> ALL = Map.copyOf(new Times().all);

  private final Map<Class<?>, PartCodec<?>> all = new HashMap<>();

  private Times() {
    add(
        Instant.class,
        Named.struct("java.time.Instant", "seconds", "long", "nanos", "int"),
        (value, out) -> seconds(value.getEpochSecond(), value.getNano(), out),
        in -> Instant.ofEpochSecond(in.readLong(), nanos(in)),
        new SecondsWords<>(
            Instant.class,
            Instant::getEpochSecond,
            Instant::getNano,
            (s, n) -> Instant.ofEpochSecond(s, n)));
    add(
        Duration.class,
        Named.struct("java.time.Duration", "seconds", "long", "nanos", "int"),
        (value, out) -> seconds(value.getSeconds(), value.getNano(), out),
        in -> Duration.ofSeconds(in.readLong(), nanos(in)),
        new SecondsWords<>(
            Duration.class,
            Duration::getSeconds,
            Duration::getNano,
            (s, n) -> Duration.ofSeconds(s, n)));
    add(
        LocalDate.class,
        Named.primitive("long"),
        (value, out) -> out.writeLong(value.toEpochDay()),
        in -> LocalDate.ofEpochDay(in.readLong()),
        new OneWord<>(LocalDate.class, LocalDate::toEpochDay, LocalDate::ofEpochDay));
    add(
        LocalTime.class,
        Named.primitive("long"),
        (value, out) -> out.writeLong(value.toNanoOfDay()),
        in -> LocalTime.ofNanoOfDay(in.readLong()),
        new OneWord<>(LocalTime.class, LocalTime::toNanoOfDay, LocalTime::ofNanoOfDay));
    add(
        LocalDateTime.class,
        Named.struct("java.time.LocalDateTime", "day", "long", "nanoOfDay", "long"),
        Times::dateTime,
        Times::dateTime,
        null);
    add(
        Year.class,
        Named.primitive("int"),
        (value, out) -> out.writeInt(value.getValue()),
        in -> Year.of(in.readInt()),
        new OneWord<>(Year.class, Year::getValue, word -> Year.of((int) word)));
    addZones();
    addParts();
  }

  // Reads better as one piece: a table of types, two lines for each.
  private void addZones() {
    add(
        ZoneOffset.class,
        Named.primitive("int"),
        (value, out) -> out.writeInt(value.getTotalSeconds()),
        in -> ZoneOffset.ofTotalSeconds(in.readInt()),
        null);
    add(
        ZoneId.class,
        Named.primitive("string"),
        (value, out) -> out.writeString(value.getId()),
        in -> ZoneId.of(in.readString()),
        null);
    add(
        OffsetTime.class,
        Named.struct("java.time.OffsetTime", "nanoOfDay", "long", "offset", "int"),
        (value, out) -> {
          out.writeLong(value.toLocalTime().toNanoOfDay());
          out.writeInt(value.getOffset().getTotalSeconds());
        },
        in ->
            OffsetTime.of(
                LocalTime.ofNanoOfDay(in.readLong()), ZoneOffset.ofTotalSeconds(in.readInt())),
        null);
    add(
        OffsetDateTime.class,
        Named.struct(
            "java.time.OffsetDateTime", "day", "long", "nanoOfDay", "long", "offset", "int"),
        (value, out) -> {
          dateTime(value.toLocalDateTime(), out);
          out.writeInt(value.getOffset().getTotalSeconds());
        },
        in -> OffsetDateTime.of(dateTime(in), ZoneOffset.ofTotalSeconds(in.readInt())),
        null);
    add(
        ZonedDateTime.class,
        Named.struct(
            "java.time.ZonedDateTime",
            "day",
            "long",
            "nanoOfDay",
            "long",
            "offset",
            "int",
            "zone",
            "string"),
        (value, out) -> {
          dateTime(value.toLocalDateTime(), out);
          out.writeInt(value.getOffset().getTotalSeconds());
          out.writeString(value.getZone().getId());
        },
        in ->
            ZonedDateTime.ofInstant(
                dateTime(in), ZoneOffset.ofTotalSeconds(in.readInt()), ZoneId.of(in.readString())),
        null);
  }

  private void addParts() {
    add(
        Period.class,
        Named.struct("java.time.Period", "years", "int", "months", "int", "days", "int"),
        (value, out) -> {
          out.writeInt(value.getYears());
          out.writeInt(value.getMonths());
          out.writeInt(value.getDays());
        },
        in -> Period.of(in.readInt(), in.readInt(), in.readInt()),
        null);
    add(
        YearMonth.class,
        Named.struct("java.time.YearMonth", "year", "int", "month", "int"),
        (value, out) -> {
          out.writeInt(value.getYear());
          out.writeInt(value.getMonthValue());
        },
        in -> YearMonth.of(in.readInt(), in.readInt()),
        null);
    add(
        MonthDay.class,
        Named.struct("java.time.MonthDay", "month", "int", "day", "int"),
        (value, out) -> {
          out.writeInt(value.getMonthValue());
          out.writeInt(value.getDayOfMonth());
        },
        in -> MonthDay.of(in.readInt(), in.readInt()),
        null);
  }

  /** The codec of a class, if it is one of these. */
  static Optional<PartCodec<?>> of(Class<?> type) {
    return Optional.ofNullable(ALL.get(type));
  }

  private <T> void add(
      Class<T> type,
      Named schema,
      BiConsumer<T, Encoder> write,
      Function<Decoder, T> read,
      @Nullable WordLayout<T> words) {
    all.put(type, new ScalarCodec<>(type, schema, write, in -> checked(type, read, in), words));
  }

  private static <T> T checked(Class<T> type, Function<Decoder, T> read, Decoder in) {
    try {
      return read.apply(in);
    } catch (DateTimeException | ArithmeticException outOfRange) {
      throw new MalformedDataException(
          "The bytes before byte "
              + in.position()
              + " are no "
              + type.getSimpleName()
              + ": "
              + outOfRange.getMessage());
    }
  }

  private static void seconds(long seconds, int nanos, Encoder out) {
    out.writeLong(seconds);
    out.writeInt(nanos);
  }

  private static int nanos(Decoder in) {
    int nanos = in.readInt();
    if (nanos < 0 || nanos > 999_999_999) {
      throw new MalformedDataException(nanos + " is not a number of nanoseconds in a second.");
    }
    return nanos;
  }

  private static void dateTime(LocalDateTime value, Encoder out) {
    out.writeLong(value.toLocalDate().toEpochDay());
    out.writeLong(value.toLocalTime().toNanoOfDay());
  }

  private static LocalDateTime dateTime(Decoder in) {
    return LocalDateTime.of(
        LocalDate.ofEpochDay(in.readLong()), LocalTime.ofNanoOfDay(in.readLong()));
  }

  /** A layout in two words: seconds, and nanoseconds within the second. */
  private record SecondsWords<T>(
      Class<T> type, ToLongFunction<T> seconds, ToIntFunction<T> nanos, Joiner<T> joiner)
      implements WordLayout<T> {

    /** Makes a value of its parts. */
    interface Joiner<T> {
      T join(long seconds, long nanos);
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public void store(T value, long[] row, int at) {
      T time = UnencodableException.instance(type, value);
      row[at] = seconds.applyAsLong(time);
      row[at + 1] = nanos.applyAsInt(time);
    }

    @Override
    public T load(long[] row, int at) {
      return joiner.join(row[at], row[at + 1]);
    }
  }
}
