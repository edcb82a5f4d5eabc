package io.headrace.flink.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAdjusters;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R23")
class ContentsTest {

  @Test
  void aTextWithAnAddressInItIsNoContent() {
    assertThat(Contents.of(TemporalAdjusters.firstDayOfMonth())).isEmpty();
    assertThat(Contents.of(TemporalAdjusters.next(DayOfWeek.MONDAY))).isEmpty();
    assertThat(Contents.of(new DateTimeFormatterBuilder().appendLiteral("at"))).isEmpty();
    assertThat(Contents.of(new FutureTask<>(() -> "done"))).isEmpty();
  }

  @Test
  void aTextWithAnAddressInItIsNoContentOfWhatIsCompared() {
    ScheduledExecutorService pool = Executors.newSingleThreadScheduledExecutor();
    try {
      assertThat(Contents.of(pool.schedule(() -> "done", 1, TimeUnit.DAYS))).isEmpty();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void timesAreTheirTexts() {
    assertThat(Contents.of(Duration.ofSeconds(90))).contains("PT1M30S");
  }

  @Test
  void aBufferIsTheBytesThatAreLeftInIt() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);

    assertThat(Contents.of(buffer)).contains("[2, 3]");
    assertThat(buffer.remaining()).isEqualTo(2);
    assertThat(Contents.of(ByteBuffer.allocateDirect(2))).contains("[0, 0]");
  }

  @Test
  void aRelativeFileIsWhatItMeansHere() {
    assertThat(Contents.of(new File("pom.xml")))
        .contains(Path.of("pom.xml").toAbsolutePath().toString());
  }

  @Test
  void aPatternIsItsTextAndItsFlags() {
    Pattern plain = Pattern.compile("a|b");
    Pattern lenient = Pattern.compile("a|b", Pattern.CASE_INSENSITIVE);

    assertThat(Contents.of(lenient)).isNotEqualTo(Contents.of(plain));
    assertThat(Contents.of(lenient)).isEqualTo(Contents.of(Pattern.compile("a|b", 2)));
  }
}
