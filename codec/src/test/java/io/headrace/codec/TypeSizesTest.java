package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.TypeToken;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Types of any size get a codec or a refusal, and neither takes for ever. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TypeSizesTest {

  private static final String HERE = "io.headrace.codec.TypeSizesTest$";

  record Twice<T>(T one, T other) {}

  record Doubling<T>(Doubling<Zoo.Pair<T, T>> next) {}

  record Branching<T>(
      Optional<Branching<Zoo.Pair<T, Byte>>> left, Optional<Branching<Zoo.Pair<T, Long>>> right) {}

  record Left<T>(T value) {}

  record Right<T>(T value) {}

  record F1<T>(F2<Left<T>> left, F2<Right<T>> right) {}

  record F2<T>(F3<Left<T>> left, F3<Right<T>> right) {}

  record F3<T>(F4<Left<T>> left, F4<Right<T>> right) {}

  record F4<T>(F5<Left<T>> left, F5<Right<T>> right) {}

  record F5<T>(F6<Left<T>> left, F6<Right<T>> right) {}

  record F6<T>(F7<Left<T>> left, F7<Right<T>> right) {}

  record F7<T>(F8<Left<T>> left, F8<Right<T>> right) {}

  record F8<T>(F9<Left<T>> left, F9<Right<T>> right) {}

  record F9<T>(F10<Left<T>> left, F10<Right<T>> right) {}

  record F10<T>(F11<Left<T>> left, F11<Right<T>> right) {}

  record F11<T>(F12<Left<T>> left, F12<Right<T>> right) {}

  record F12<T>(F13<Left<T>> left, F13<Right<T>> right) {}

  record F13<T>(F14<Left<T>> left, F14<Right<T>> right) {}

  record F14<T>(T value) {}

  record Growing<T>(Optional<Growing<List<T>>> next) {}

  sealed interface Shape<T> permits Scaled, Plain {}

  record Scaled<T>(Shape<Zoo.Pair<T, T>> inner) implements Shape<T> {}

  record Plain<T>(T value) implements Shape<T> {}

  @Test
  void aTypeWhoseArgumentsDoubleWithoutEndIsRefusedWithItsPath() {
    assertGrows(new TypeToken<Doubling<String>>() {}, HERE + "Doubling<java.lang.String>.next");
    assertGrows(new TypeToken<Shape<Long>>() {}, HERE + "Shape<java.lang.Long>.Scaled.inner");
  }

  @Test
  void aTypeWithEverMorePartsIsRefusedOnceWithItsPath() {
    assertGrows(
        new TypeToken<Branching<String>>() {}, HERE + "Branching<java.lang.String>.left.value");
  }

  @Test
  void aTypeWithThousandsOfPartsIsRefusedWithItsPath() {
    assertGrows(new TypeToken<F1<String>>() {}, HERE + "F1<java.lang.String>.left.right");
  }

  @Test
  void aTypeWhoseArgumentsGrowOneByOneIsRefusedWithItsPath() {
    assertGrows(new TypeToken<Growing<Long>>() {}, HERE + "Growing<java.lang.Long>.next.value");
  }

  private static void assertGrows(TypeToken<?> type, String path) {
    assertThat(Codecs.problems(type.type()))
        .singleElement()
        .asString()
        .startsWith(path)
        .contains("a generic type may not grow without end")
        .hasSizeLessThan(2_000);
  }

  /** A type with a hundred thousand million paths from its root to its leaves, but few parts. */
  private static Type twice(Type leaf) {
    Type type = leaf;
    for (int i = 0; i < 36; i++) {
      type = TypeToken.generic(Twice.class, type).type();
    }
    return type;
  }

  @Test
  void aTypeWithManyPathsToFewPartsHasACodec() {
    Codec<Object> codec = Codecs.of(twice(Long.class));

    assertThat(codec.isImmutable()).isTrue();
    assertThat(codec.words()).isEmpty();
    assertThat(codec.schema().json()).contains("Twice").doesNotContain("Optional");
  }

  @Test
  void thatATypeHasNoContentIsFoundOnAnyNumberOfPaths() {
    Type list = TypeToken.generic(List.class, twice(Zoo.Empty.class)).type();

    assertThat(Codecs.problems(list))
        .singleElement()
        .asString()
        .contains("without any content, so that only their number says anything");
  }
}
