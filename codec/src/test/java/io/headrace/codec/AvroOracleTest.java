package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.TypeToken;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What our codecs write, Avro's library reads, and the other way round. */
final class AvroOracleTest {

  private static final long[] SEEDS = {1, 2, 3, 5, 8, 13, 21, 34};
  private static final int VALUES = 60;

  static List<TypeToken<?>> types() {
    return Zoo.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void avroReadsOurBytesAndWeReadItsBytes(TypeToken<?> type) {
    Codec<Object> codec = Codecs.of(type.type());
    Schema schema = new Schema.Parser().parse(codec.schema().json());
    boolean isOrdered = !schema.toString().contains("\"map\"");
    for (long seed : SEEDS) {
      RandomValues values = new RandomValues(seed);
      for (int i = 0; i < VALUES; i++) {
        Object value = values.of(type.type());
        Object avro = AvroValues.of(value, schema);
        String where = "seed " + seed + ", value " + i;
        byte[] ours = TestBytes.encode(codec, value);

        assertThat(AvroValues.read(ours, schema)).as(where).isEqualTo(avro);
        if (isOrdered) {
          assertThat(AvroValues.write(avro, schema)).as(where).isEqualTo(ours);
        }
        assertReads(codec, schema, AvroValues.write(avro, schema), avro, where);
        assertReads(codec, schema, AvroValues.writeInSizedBlocks(avro, schema), avro, where);
      }
    }
  }

  private static void assertReads(
      Codec<Object> codec, Schema schema, byte[] bytes, Object avro, String where) {
    Decoder in = new Decoder(bytes);
    Object value = codec.decode(in);
    assertThat(in.remaining()).as(where).isZero();
    assertThat(AvroValues.of(value, schema)).as(where).isEqualTo(avro);
  }
}
