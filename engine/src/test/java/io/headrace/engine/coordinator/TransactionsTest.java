package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.engine.task.Contribution;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AB-8")
class TransactionsTest {

  private static final CheckpointId FIRST = new CheckpointId(1);
  private static final CheckpointId SECOND = new CheckpointId(2);
  private static final CheckpointId THIRD = new CheckpointId(3);

  private final Transactions transactions = new Transactions();

  private static List<Contribution.Transactions> of(String sink, String... names) {
    List<byte[]> committables =
        List.of(names).stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
    return List.of(new Contribution.Transactions(sink, committables));
  }

  private static Map<String, List<String>> text(Map<String, List<byte[]>> prepared) {
    Map<String, List<String>> text = new TreeMap<>();
    prepared.forEach(
        (sink, all) ->
            text.put(
                sink, all.stream().map(each -> new String(each, StandardCharsets.UTF_8)).toList()));
    return text;
  }

  @Test
  void aCheckpointHoldsItsOwnAndThoseBeforeItThatAreInNoneAndNoLaterOnes() {
    transactions.add(SECOND, of("a", "a2"));
    transactions.add(THIRD, of("a", "a3"));
    transactions.add(FIRST, of("b", "b1"));
    transactions.add(FIRST, of("a", "a1"));

    assertThat(text(transactions.take(SECOND)))
        .isEqualTo(Map.of("a", List.of("a1", "a2"), "b", List.of("b1")));
    assertThat(text(transactions.take(THIRD))).isEqualTo(Map.of("a", List.of("a3")));
  }

  @Test
  void theyStayUntilACheckpointThatHoldsThemIsComplete() {
    transactions.add(FIRST, of("a", "a1"));

    assertThat(transactions.upTo(FIRST)).hasSize(1);
    assertThat(transactions.upTo(SECOND)).hasSize(1);
    assertThat(transactions.take(SECOND)).hasSize(1);
    assertThat(transactions.upTo(SECOND)).isEmpty();
  }

  @Test
  void oneThatComesTooLateToBeInAnyCheckpointIsAMistake() {
    transactions.take(SECOND);

    assertThatThrownBy(() -> transactions.add(FIRST, of("a", "a1")))
        .hasMessageContaining("transactions of checkpoint 1 came after checkpoint 2 was complete");
  }
}
