package io.headrace.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/** Random values of any type that has a codec, with many at the edges. */
final class RandomValues {

  private static final List<String> ZONES =
      List.of("Europe/Zurich", "America/St_Johns", "Z", "UTC", "+05:45", "GMT+2", "UTC-03:30");
  private static final int MOST_DEEP = 6;

  private final SplittableRandom random;
  private final Map<Class<?>, Supplier<Object>> scalars = new LinkedHashMap<>();
  private int depth;

  RandomValues(long seed) {
    this.random = new SplittableRandom(seed);
    addScalars();
    addTimes();
  }

  private void addScalars() {
    put(byte.class, Byte.class, () -> (byte) word());
    put(short.class, Short.class, () -> (short) word());
    put(char.class, Character.class, () -> (char) word());
    put(int.class, Integer.class, () -> (int) word());
    put(long.class, Long.class, this::word);
    put(float.class, Float.class, () -> Float.intBitsToFloat((int) word()));
    put(double.class, Double.class, () -> Double.longBitsToDouble(word()));
    put(boolean.class, Boolean.class, random::nextBoolean);
    scalars.put(String.class, this::text);
    scalars.put(byte[].class, this::bytes);
    scalars.put(BigInteger.class, () -> BigInteger.valueOf(word()).pow(random.nextInt(1, 4)));
    scalars.put(
        BigDecimal.class,
        () -> new BigDecimal(BigInteger.valueOf(word()), random.nextInt(-500, 500)));
    scalars.put(UUID.class, () -> new UUID(word(), word()));
  }

  private void addTimes() {
    scalars.put(Instant.class, () -> Instant.ofEpochSecond(seconds(), nanos()));
    scalars.put(Duration.class, () -> Duration.ofSeconds(word(), nanos()));
    scalars.put(LocalDate.class, this::date);
    scalars.put(LocalTime.class, this::time);
    scalars.put(LocalDateTime.class, () -> LocalDateTime.of(date(), time()));
    scalars.put(Period.class, () -> Period.of((int) word(), (int) word(), (int) word()));
    scalars.put(ZoneId.class, this::zone);
    scalars.put(ZoneOffset.class, this::offset);
    scalars.put(OffsetTime.class, () -> OffsetTime.of(time(), offset()));
    scalars.put(OffsetDateTime.class, () -> OffsetDateTime.of(date(), time(), offset()));
    scalars.put(ZonedDateTime.class, this::zoned);
    scalars.put(Year.class, () -> Year.of(date().getYear()));
    scalars.put(YearMonth.class, () -> YearMonth.from(date()));
    scalars.put(MonthDay.class, () -> MonthDay.from(date()));
  }

  private void put(Class<?> primitive, Class<?> box, Supplier<Object> values) {
    scalars.put(primitive, values);
    scalars.put(box, values);
  }

  /** A value. */
  Object of(Type declared) {
    Type type = Types.resolve(declared, Map.of());
    Class<?> raw = Types.raw(type);
    Supplier<Object> scalar = scalars.get(raw);
    if (scalar != null) {
      return scalar.get();
    }
    depth++;
    try {
      return raw.isEnum() ? oneOf(List.of(raw.getEnumConstants())) : composite(type, raw);
    } finally {
      depth--;
    }
  }

  private Object composite(Type type, Class<?> raw) {
    if (raw.isArray()) {
      Type element =
          type instanceof java.lang.reflect.GenericArrayType array
              ? array.getGenericComponentType()
              : raw.getComponentType();
      Object array = Array.newInstance(raw.getComponentType(), count());
      for (int i = 0; i < Array.getLength(array); i++) {
        Array.set(array, i, of(element));
      }
      return array;
    }
    if (raw.isRecord()) {
      return struct(type, raw);
    }
    if (raw.isSealed()) {
      List<Type> permitted = Types.permitted(type);
      return of(depth > MOST_DEEP ? permitted.get(0) : oneOf(permitted));
    }
    return collection((ParameterizedType) type, raw);
  }

  private Object collection(ParameterizedType type, Class<?> raw) {
    Type first = type.getActualTypeArguments()[0];
    if (raw == Optional.class) {
      return depth > MOST_DEEP || random.nextInt(3) == 0
          ? Optional.empty()
          : Optional.of(of(first));
    }
    if (raw == Map.class) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = count(); i > 0; i--) {
        map.put(of(first), of(type.getActualTypeArguments()[1]));
      }
      return map;
    }
    List<Object> list = new ArrayList<>();
    for (int i = count(); i > 0; i--) {
      list.add(of(first));
    }
    return raw == List.class ? list : new LinkedHashSet<>(list);
  }

  private Object struct(Type type, Class<?> raw) {
    RecordComponent[] components = raw.getRecordComponents();
    Class<?>[] parameters = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      parameters[i] = components[i].getType();
      values[i] = of(Types.resolve(components[i].getGenericType(), Types.variables(type)));
    }
    try {
      Constructor<?> constructor = raw.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("no " + raw + " can be made", impossible);
    }
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private int count() {
    return depth > MOST_DEEP ? 0 : random.nextInt(4);
  }

  /** Any width of number is about as likely as any other. */
  private long word() {
    long number = random.nextLong() >>> random.nextInt(Long.SIZE);
    return random.nextBoolean() ? number : ~number;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      switch (random.nextInt(5)) {
        case 0 -> text.append(oneOf(List.of("?", "\0", "\ufffd", "é", "😀", "漢", "\n\"")));
        default -> text.append((char) random.nextInt(' ', 127));
      }
    }
    return text.toString();
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return bytes;
  }

  private long seconds() {
    return random.nextLong(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond() + 1);
  }

  private int nanos() {
    return random.nextInt(1_000_000_000);
  }

  private LocalDate date() {
    return LocalDate.ofEpochDay(
        random.nextInt(4) == 0
            ? random.nextLong(LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay() + 1)
            : random.nextInt(-50_000, 50_000));
  }

  private LocalTime time() {
    return LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L));
  }

  private ZoneId zone() {
    return ZoneId.of(oneOf(ZONES));
  }

  private ZoneOffset offset() {
    return ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 3600, 18 * 3600 + 1));
  }

  private ZonedDateTime zoned() {
    LocalDate date = LocalDate.ofEpochDay(random.nextInt(-50_000, 50_000));
    ZonedDateTime first = ZonedDateTime.of(date, time(), zone());
    return random.nextBoolean() ? first : first.withLaterOffsetAtOverlap();
  }
}
