package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.TypeToken;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values whose encoding breaks off half-way, among others in the same buffer. */
@Tag("FAULT-58")
final class BrokenOffTest {

  /** A chain, which ends with a text that may be missing. */
  record Link(long number, Optional<Link> next, @Nullable String text) {}

  /** A record with an accessor that may throw. */
  record Moody(String before, long number) {
    @Override
    public long number() {
      if (number < 0) {
        throw new IllegalStateException("not now");
      }
      return number;
    }
  }

  /**
   * A value that breaks off.
   *
   * @param words the path to what is wrong, and what is
   */
  record Case(TypeToken<?> type, Object good, Object broken, String words) {}

  private static Link chain(int length, @Nullable String text) {
    Link link = new Link(0, Optional.empty(), text);
    for (int i = 1; i < length; i++) {
      link = new Link(i, Optional.of(link), "text");
    }
    return link;
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            TypeToken.of(Link.class),
            chain(60, "end"),
            chain(60, null),
            ".next.value.text is null."),
        new Case(
            new TypeToken<List<String>>() {},
            List.of("a"),
            Arrays.asList("a", "b", null),
            "List<java.lang.String>[2] is null."),
        new Case(
            new TypeToken<Map<String, List<String>>>() {},
            Map.of("a", List.of("b")),
            Map.of("a", Collections.singletonList(null)),
            "{value}[0] is null."),
        new Case(
            TypeToken.of(Moody.class),
            new Moody("a", 1),
            new Moody("a", -1),
            "Moody.number has an accessor that threw java.lang.IllegalStateException: not now."),
        new Case(TypeToken.of(String.class), "a", "a\ud800", "half a surrogate pair"),
        new Case(TypeToken.of(Link.class), chain(90, "end"), chain(200, "end"), "nested in more"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatWasEncodedBeforeAndAfterItIsWhole(Case each) {
    Codec<Object> codec = Codecs.of(each.type().type());
    Encoder out = new Encoder(8);
    codec.encode(each.good(), out);

    for (int i = 0; i < 5; i++) {
      int before = out.size();
      assertBreaksOff(codec, each, out);
      out.truncate(before);
      codec.encode(each.good(), out);
    }

    Decoder in = new Decoder(out.toBytes());
    for (int i = 0; i < 6; i++) {
      assertThat(codec.decode(in)).isEqualTo(each.good());
    }
    assertThat(in.position()).isEqualTo(out.size());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aBufferThatIsClearedIsAsGoodAsANewOne(Case each) {
    Codec<Object> codec = Codecs.of(each.type().type());
    Encoder out = new Encoder();

    for (int i = 0; i < 5; i++) {
      assertBreaksOff(codec, each, out);
      out.clear();
      codec.encode(each.good(), out);
      assertThat(out.toBytes()).isEqualTo(TestBytes.encode(codec, each.good()));
      out.clear();
    }
  }

  private static void assertBreaksOff(Codec<Object> codec, Case each, Encoder out) {
    assertThatThrownBy(() -> codec.encode(each.broken(), out))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.VALUE_NOT_ENCODABLE))
        .hasMessageContaining(each.words());
  }
}
