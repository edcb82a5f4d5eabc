package io.headrace.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommitterTest {

  @Test
  void aCommitterOfNothingRefusesWhatWouldBeLost() throws Exception {
    try (Committer<String> nothing = Committer.ofNothing()) {
      nothing.recover(List.of());
      nothing.commit(List.of());

      assertThatThrownBy(() -> nothing.recover(List.of("a")))
          .hasMessageContaining("commits nothing is given 1 transactions");
      assertThatThrownBy(() -> nothing.commit(List.of("a", "b")))
          .hasMessageContaining("commits nothing is given 2 transactions");
    }
  }
}
