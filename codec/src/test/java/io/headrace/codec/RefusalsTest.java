package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.TypeToken;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What has no codec is refused, with the path to it and a remedy. */
final class RefusalsTest {

  private static final String HERE = "io.headrace.codec.RefusalsTest$";

  record Licence(String number, Thread holder) {}

  record Pilot(List<Licence> licences) {}

  record Flight(Map<String, Pilot> pilots, Object cargo) {}

  record Holder<T>(T content) {}

  record Names(@Nullable String first, List<@Nullable String> others) {}

  @SuppressWarnings("ArrayRecordComponent") // Users have such records too.
  record Team(Optional<Names> lead, Names[] members, Map<String, Names> byRole, Set<Names> all) {}

  @SuppressWarnings("ArrayRecordComponent") // Users have such records too.
  record Preview(int size, byte[] bytes) {}

  record Formats(Map<String, byte[]> formats, List<Preview> previews) {}

  record Album(
      Set<byte[]> digests,
      Map<Optional<byte[]>, String> byDigest,
      Map<String, Set<Formats>> byFormat) {}

  @SuppressWarnings("ArrayRecordComponent") // Compared by its content.
  record Digest(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  record Counted(List<Zoo.Empty> nothings) {}

  sealed interface Mixed permits Plain, Open {}

  record Plain(int value) implements Mixed {}

  non-sealed interface Open extends Mixed {}

  private static Type typeOf(TypeToken<?> token) {
    return token.type();
  }

  @Test
  void everyReasonIsGivenWithItsPathAndARemedy() {
    assertThat(Codecs.problems(Flight.class))
        .containsExactly(
            HERE
                + "Flight.pilots{value}.licences[].holder is of type java.lang.Thread, which is"
                + " neither a record nor a sealed interface, enum or value type of the JDK: use a"
                + " record of what is to be kept.",
            HERE
                + "Flight.cargo is of type java.lang.Object, which is any object at all: name the"
                + " type.");
  }

  @Test
  void aRefusedTypeHasNoCodec() {
    assertThatThrownBy(() -> Codecs.of(Licence.class))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_JOB))
        .hasMessageContaining("Licence cannot be encoded: " + HERE + "Licence.holder is of type");
  }

  @Test
  void whatTheTypeDoesNotTellIsRefused() {
    assertRefused(Holder.class, "its type arguments are not known");
    assertRefused(Optional.class, "its type arguments are not known");
    assertRefused(typeOf(new TypeToken<List<?>>() {}), "[] is of type ?, which is a wildcard");
    assertRefused(typeOf(new TypeToken<List<? super Long>>() {}), "a wildcard");
    assertRefused(Holder.class.getTypeParameters()[0], "a type parameter");
  }

  @Test
  void whatCanBeAnythingIsRefused() {
    assertRefused(Runnable.class, "an interface that anything may implement: seal it");
    assertRefused(Number.class, "neither a record");
    assertRefused(typeOf(new TypeToken<ArrayList<Long>>() {}), "declare it as List, Set or Map");
    assertRefused(typeOf(new TypeToken<Collection<Long>>() {}), "declare it as List, Set or Map");
    assertRefused(Mixed.class, "Mixed.Open is of type " + HERE + "Open, which is an interface");
  }

  @Test
  void whatIsAbsentInTwoWaysIsRefused() {
    assertRefused(typeOf(new TypeToken<Optional<Optional<Long>>>() {}), "absent in two ways");
  }

  @Test
  void collectionsOfWhatTakesNoBytesAreRefused() {
    assertRefused(Counted.class, "Counted.nothings[] is of type io.headrace.codec.Zoo$Empty");
    assertRefused(Zoo.Empty[].class, "keep that as a number");
    assertRefused(typeOf(new TypeToken<Map<Zoo.Empty, Zoo.Empty>>() {}), "keep that as a number");
    assertThat(Codecs.problems(typeOf(new TypeToken<Map<Long, Zoo.Empty>>() {}))).isEmpty();
    assertThat(Codecs.problems(Zoo.Tree.class)).isEmpty();
  }

  @Test
  void arraysThatASetOrMapWouldCompareAreRefused() {
    String reason = "an array, which equals only itself: use a List.";

    assertThat(Codecs.problems(Album.class))
        .containsExactly(
            HERE + "Album.digests[] is " + reason,
            HERE + "Album.byDigest{key}.value is " + reason,
            HERE + "Album.byFormat{value}[].formats{value} is " + reason,
            HERE + "Album.byFormat{value}[].previews[].bytes is " + reason);
    assertRefused(typeOf(new TypeToken<Set<byte[]>>() {}), "java.util.Set<byte[]>[] is " + reason);
    assertRefused(typeOf(new TypeToken<Set<Preview[]>>() {}), "Preview[]>[] is " + reason);
    assertThat(Codecs.keyProblems(typeOf(new TypeToken<Set<byte[]>>() {}))).hasSize(1);
  }

  @Test
  void arraysThatNothingComparesMayStandInCollections() {
    for (TypeToken<?> type :
        List.of(
            new TypeToken<List<Preview>>() {},
            new TypeToken<Map<String, byte[]>>() {},
            new TypeToken<Set<Digest>>() {})) {
      assertThat(Codecs.problems(type.type())).as("%s", type).isEmpty();
    }
  }

  private static void assertRefused(Type type, String reason) {
    assertThat(Codecs.problems(type)).hasSize(1).first().asString().contains(reason);
  }

  @Test
  void aNullIsRefusedWithItsPath() {
    Names absent = new Names(null, List.of());
    Names holed = new Names("a", Arrays.asList("b", null));
    Names whole = new Names("a", List.of());
    Names[] members = {whole, whole};
    Map<String, Names> byRole = new HashMap<>(Map.of("chief", absent));

    assertUnencodable(absent, "RefusalsTest$Names.first is null. Use Optional for what");
    assertUnencodable(holed, "RefusalsTest$Names.others[1] is null.");
    assertUnencodable(
        new Team(Optional.of(holed), members, Map.of(), Set.of()),
        "RefusalsTest$Team.lead.value.others[1] is null.");
    assertUnencodable(
        new Team(Optional.empty(), new Names[] {whole, absent}, Map.of(), Set.of()),
        "RefusalsTest$Team.members[1].first is null.");
    assertUnencodable(
        new Team(Optional.empty(), members, byRole, Set.of()),
        "RefusalsTest$Team.byRole{value}.first is null.");
    assertUnencodable(
        new Team(Optional.empty(), members, Map.of(), Set.of(absent)),
        "RefusalsTest$Team.all[].first is null.");
  }

  @Test
  void halfASurrogatePairIsRefusedWithItsPath() {
    assertUnencodable(
        new Names("a?\ud83d", List.of()), "RefusalsTest$Names.first is a string with half");
    assertUnencodable(
        new Names("a", List.of("\ude00\ud83d")),
        "others[0] is a string with half a surrogate pair");
  }

  @Test
  void aChainThatIsTooDeepIsRefused() {
    Zoo.Chain chain = new Zoo.Chain(0, Optional.empty());
    for (int i = 1; i < Encoder.MOST_DEEP; i++) {
      chain = new Zoo.Chain(i, Optional.of(chain));
    }
    Codec<Zoo.Chain> codec = Codecs.of(Zoo.Chain.class);
    byte[] bytes = TestBytes.encode(codec, chain);

    assertThat(TestBytes.decode(codec, bytes)).isEqualTo(chain);
    assertUnencodable(
        new Zoo.Chain(-1, Optional.of(chain)), "is a record nested in more than 100 others");
  }

  @Test
  void anEncoderIsAsGoodAsNewOnceTruncated() {
    Codec<Names> codec = Codecs.of(Names.class);
    Encoder out = new Encoder();
    for (int i = 0; i < 2 * Encoder.MOST_DEEP; i++) {
      assertThatThrownBy(() -> codec.encode(new Names(null, List.of()), out))
          .hasMessageContaining("first is null");
      out.truncate(0);
    }
  }

  @SuppressWarnings("unchecked") // The class of a value is of the value's type.
  private static <T> void assertUnencodable(T value, String message) {
    Codec<T> codec = Codecs.of((Class<T>) value.getClass());
    assertThatThrownBy(() -> TestBytes.encode(codec, value))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.VALUE_NOT_ENCODABLE))
        .hasMessageContaining(message);
  }
}
