package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.TypeToken;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The codecs of values that are changed in place. */
final class MutableValuesTest {

  /** Collections in every place that they can have. */
  record Held(
      List<List<Long>> lists,
      Map<String, List<Long>> maps,
      Map<Long, Set<String>> sets,
      Optional<List<Long>> perhaps,
      List<Long>[] array) {}

  @Test
  void collectionsCanBeChangedWhereverTheyAre() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    List<Long>[] array = new List[] {List.of(1L)};
    Held held =
        new Held(
            List.of(List.of(1L)),
            Map.of("a", List.of(1L)),
            Map.of(1L, Set.of("a")),
            Optional.of(List.of(1L)),
            array);
    Codec<Held> codec = Codecs.mutable(TypeToken.of(Held.class));

    Held read = codec.decode(new Decoder(TestBytes.encode(codec, held)));
    read.lists().get(0).add(2L);
    read.lists().remove(0);
    Objects.requireNonNull(read.maps().get("a")).add(2L);
    read.maps().remove("a");
    Objects.requireNonNull(read.sets().get(1L)).add("b");
    read.sets().clear();
    read.perhaps().orElseThrow().add(2L);
    read.array()[0].add(2L);

    assertThat(read.perhaps()).contains(List.of(1L, 2L));
    assertThat(read.array()[0]).containsExactly(1L, 2L);
    assertThat(read.maps()).isEmpty();
  }

  static List<TypeToken<?>> types() {
    return Zoo.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void theyAreStoredAsOthers(TypeToken<?> type) {
    Codec<Object> plain = Codecs.of(type.type());
    @SuppressWarnings("unchecked")
    Codec<Object> mutable = Codecs.mutable((TypeToken<Object>) type);
    RandomValues values = new RandomValues(7);

    assertThat(mutable.schema()).isEqualTo(plain.schema());
    for (int i = 0; i < 100; i++) {
      byte[] bytes = TestBytes.encode(plain, values.of(type.type()));

      Object read = mutable.decode(new Decoder(bytes));

      assertThat(TestBytes.encode(mutable, read)).isEqualTo(bytes);
    }
  }
}
