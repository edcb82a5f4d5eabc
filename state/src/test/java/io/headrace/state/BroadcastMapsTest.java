package io.headrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.BroadcastState;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.TypeToken;
import io.headrace.api.WritableBroadcastState;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ST-8")
final class BroadcastMapsTest {

  private static final TypeToken<String> TEXTS = TypeToken.of(String.class);
  private static final TypeToken<Long> NUMBERS = TypeToken.of(Long.class);

  private final BroadcastMaps maps = maps(1);
  private final BroadcastState<String, Long> rates = maps.map("rates", TEXTS, NUMBERS);

  private static BroadcastMaps maps(long salt) {
    return new BroadcastMaps("op", new MemoryBudget(StatesFixture.PLENTY), salt);
  }

  private static void put(BroadcastMaps of, BroadcastState<String, Long> state, int... numbers) {
    of.enter(true);
    WritableBroadcastState<String, Long> writable = of.writable(state);
    for (int number : numbers) {
      writable.put("k" + number, (long) number);
    }
    of.commit();
  }

  private static long digest(BroadcastMaps of) throws IOException {
    try (StatesView view = of.tables().view()) {
      return EntryDigest.of(view.states().get(0));
    }
  }

  private List<String> contents() {
    List<String> contents = new ArrayList<>();
    maps.enter(false);
    rates.forEach((key, value) -> contents.add(key + "=" + value));
    maps.commit();
    return contents;
  }

  @Test
  void whatWasWrittenIsReadUntilItIsRemoved() {
    put(maps, rates, 1, 2, 3);
    maps.enter(true);
    maps.writable(rates).remove("k1");
    maps.commit();

    assertThat(contents()).containsExactlyInAnyOrder("k2=2", "k3=3");
  }

  @Test
  void whatAFailedValueWroteIsUndone() {
    put(maps, rates, 1);
    maps.enter(true);
    maps.writable(rates).put("k1", 100L);
    maps.writable(rates).put("k2", 2L);
    maps.undo();

    assertThat(contents()).containsExactly("k1=1");
  }

  @Test
  void itIsNotWrittenWhereItIsOnlyRead() {
    maps.enter(true);
    WritableBroadcastState<String, Long> writable = maps.writable(rates);
    maps.commit();

    maps.enter(false);
    assertThatThrownBy(() -> writable.put("k", 1L))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STATE_OUT_OF_SCOPE));
    assertThatThrownBy(writable::clear).isInstanceOf(HeadraceException.class);
    assertThatThrownBy(() -> writable.remove("k")).isInstanceOf(HeadraceException.class);
    maps.commit();
    assertThatThrownBy(() -> rates.get("k")).isInstanceOf(HeadraceException.class);
  }

  @Test
  void aStateOfAnotherProcessIsRefused() {
    BroadcastState<String, Long> other = maps(2).map("rates", TEXTS, NUMBERS);

    assertThatThrownBy(() -> maps.writable(other)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Rows stand elsewhere with another salt. */
  @Test
  @Tag("N22")
  void equalContentsHaveOneDigestAndOthersAnother() throws IOException {
    BroadcastMaps same = maps(2);
    put(maps, rates, 1, 2, 3);
    put(same, same.map("rates", TEXTS, NUMBERS), 1, 2, 3);
    BroadcastMaps less = maps(1);
    put(less, less.map("rates", TEXTS, NUMBERS), 1, 2);
    BroadcastMaps inOtherOrder = maps(1);
    put(inOtherOrder, inOtherOrder.map("rates", TEXTS, NUMBERS), 3, 2, 1);

    assertThat(digest(same)).isEqualTo(digest(maps));
    assertThat(digest(less)).isNotEqualTo(digest(maps));
    assertThat(digest(inOtherOrder)).isNotEqualTo(digest(maps));
  }

  @Test
  void whatIsRestoredIsWhatWasWritten() throws IOException {
    put(maps, rates, 5, 3, 1);
    List<byte[]> entries = entries();
    BroadcastMaps restored = maps(3);
    BroadcastState<String, Long> state = restored.map("rates", TEXTS, NUMBERS);
    restored.seal();

    for (byte[] entry : entries) {
      assertThat(restored.tables().restore("rates", new Decoder(entry))).isTrue();
    }

    assertThat(digest(restored)).isEqualTo(digest(maps));
    restored.enter(false);
    assertThat(state.get("k5")).contains(5L);
    assertThat(state.size()).isEqualTo(3);
    restored.commit();
  }

  private List<byte[]> entries() throws IOException {
    List<Encoder> entries = new ArrayList<>();
    try (StatesView view = maps.tables().view()) {
      view.states()
          .get(0)
          .writeTo(
              keyHash -> {
                entries.add(new Encoder());
                return entries.get(entries.size() - 1);
              });
    }
    return entries.stream().map(Encoder::toBytes).toList();
  }
}
