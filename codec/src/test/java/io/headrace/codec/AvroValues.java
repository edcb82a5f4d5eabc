package io.headrace.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/** Values as Avro's own library has them, made without any codec of ours. */
final class AvroValues {

  private AvroValues() {}

  /** What Avro's generic library would hold for a value. */
  static Object of(Object value, Schema schema) {
    switch (schema.getType()) {
      case UNION -> {
        return inUnion(value, schema);
      }
      case ARRAY -> {
        return list(value, schema);
      }
      case MAP -> {
        Map<Utf8, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value)
            .forEach(
                (key, each) -> map.put(new Utf8((String) key), of(each, schema.getValueType())));
        return map;
      }
      case ENUM -> {
        return new GenericData.EnumSymbol(schema, ((Enum<?>) value).name());
      }
      case RECORD -> {
        return struct(value, schema);
      }
      default -> {
        return scalar(value, schema);
      }
    }
  }

  @SuppressWarnings("NullAway") // Avro has null for what is absent.
  private static Object inUnion(Object value, Schema schema) {
    if (value instanceof Optional<?> optional) {
      return optional.map(each -> of(each, schema.getTypes().get(1))).orElse(null);
    }
    Class<?> type = value instanceof Enum<?> symbol ? symbol.getDeclaringClass() : value.getClass();
    String name = type.getName().replace('$', '_');
    for (Schema branch : schema.getTypes()) {
      String rest = branch.getFullName().replaceFirst("^\\Q" + name + "\\E", "");
      if (rest.isEmpty() || rest.startsWith("___")) {
        return of(value, branch);
      }
    }
    throw new AssertionError(value + " is not in " + schema);
  }

  private static Object list(Object value, Schema schema) {
    List<Object> list = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        GenericData.Record each = new GenericData.Record(schema.getElementType());
        each.put("key", of(entry.getKey(), schema.getElementType().getField("key").schema()));
        each.put("value", of(entry.getValue(), schema.getElementType().getField("value").schema()));
        list.add(each);
      }
    } else if (value instanceof Collection<?> collection) {
      collection.forEach(each -> list.add(of(each, schema.getElementType())));
    } else {
      for (int i = 0; i < Array.getLength(value); i++) {
        list.add(of(Array.get(value, i), schema.getElementType()));
      }
    }
    return new GenericData.Array<>(schema, list);
  }

  private static Object struct(Object value, Schema schema) {
    List<Object> parts = parts(value, schema);
    GenericData.Record struct = new GenericData.Record(schema);
    for (int i = 0; i < parts.size(); i++) {
      struct.put(i, of(parts.get(i), schema.getFields().get(i).schema()));
    }
    return struct;
  }

  private static List<Object> parts(Object value, Schema schema) {
    if (schema.getNamespace().equals("headrace_")) {
      return List.of(value);
    }
    if (value instanceof Record) {
      return components(value);
    } else if (value instanceof Instant at) {
      return List.of(at.getEpochSecond(), at.getNano());
    } else if (value instanceof Duration span) {
      return List.of(span.getSeconds(), span.getNano());
    } else if (value instanceof LocalDateTime at) {
      return List.of(at.toLocalDate(), at.toLocalTime());
    } else if (value instanceof OffsetTime at) {
      return List.of(at.toLocalTime(), at.getOffset());
    } else if (value instanceof OffsetDateTime at) {
      return List.of(at.toLocalDate(), at.toLocalTime(), at.getOffset());
    } else if (value instanceof ZonedDateTime at) {
      return List.of(at.toLocalDate(), at.toLocalTime(), at.getOffset(), at.getZone());
    } else if (value instanceof Period span) {
      return List.of(span.getYears(), span.getMonths(), span.getDays());
    } else if (value instanceof YearMonth month) {
      return List.of(month.getYear(), month.getMonthValue());
    } else if (value instanceof MonthDay day) {
      return List.of(day.getMonthValue(), day.getDayOfMonth());
    } else if (value instanceof BigDecimal decimal) {
      return List.of(decimal.unscaledValue(), decimal.scale());
    }
    return List.of(value);
  }

  private static List<Object> components(Object value) {
    List<Object> parts = new ArrayList<>();
    try {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        parts.add(accessor.invoke(value));
      }
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("the record " + value + " cannot be read", impossible);
    }
    return parts;
  }

  private static Object scalar(Object value, Schema schema) {
    if (value instanceof Byte || value instanceof Short) {
      return ((java.lang.Number) value).intValue();
    } else if (value instanceof Character each) {
      return (int) each;
    } else if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    } else if (value instanceof BigInteger integer) {
      return ByteBuffer.wrap(integer.toByteArray());
    } else if (value instanceof UUID id) {
      ByteBuffer bytes = ByteBuffer.allocate(16);
      bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
      return new GenericData.Fixed(schema, bytes.array());
    } else if (value instanceof LocalDate date) {
      return date.toEpochDay();
    } else if (value instanceof LocalTime time) {
      return time.toNanoOfDay();
    } else if (value instanceof Year year) {
      return year.getValue();
    } else if (value instanceof ZoneOffset offset && schema.getType() == Schema.Type.INT) {
      return offset.getTotalSeconds();
    } else if (value instanceof ZoneId zone) {
      return new Utf8(zone.getId());
    } else if (value instanceof String text) {
      return new Utf8(text);
    } else if (value instanceof Double number) {
      return Double.longBitsToDouble(Double.doubleToLongBits(number));
    } else if (value instanceof Float number) {
      return Float.intBitsToFloat(Float.floatToIntBits(number));
    }
    return value;
  }

  /** Avro's own encoding. */
  static byte[] write(Object avro, Schema schema) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(schema).write(avro, encoder);
      encoder.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Avro's own encoding, in blocks that say their size in bytes. */
  static byte[] writeInSizedBlocks(Object avro, Schema schema) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder =
        new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(schema).write(avro, encoder);
      encoder.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** What Avro's own library reads; fails if it leaves bytes. */
  static Object read(byte[] bytes, Schema schema) {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
    GenericData model = new GenericData();
    try {
      Object value = new GenericDatumReader<>(schema, schema, model).read(null, decoder);
      if (!decoder.isEnd()) {
        throw new AssertionError("Avro leaves bytes of " + bytes.length);
      }
      return value;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
