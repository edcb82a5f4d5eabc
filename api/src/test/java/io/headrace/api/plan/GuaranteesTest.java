package io.headrace.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointingMode;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Guarantee;
import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.Source;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.Stream;
import io.headrace.api.TypeToken;
import io.headrace.api.connector.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GuaranteesTest {

  private static final Guarantees.Terms DURABLE =
      new Guarantees.Terms(CheckpointingMode.EXACTLY_ONCE, true, Optional.empty());

  /** A source that only says whether it can be read again. */
  private record Reads(boolean isReplayable) implements Source<Long, Long> {
    @Override
    public TypeToken<Long> type() {
      return TypeToken.of(Long.class);
    }

    @Override
    public TypeToken<Long> positionType() {
      return TypeToken.of(Long.class);
    }

    @Override
    public boolean isBounded() {
      return false;
    }

    @Override
    public List<Split<Long>> splits() {
      return List.of();
    }

    @Override
    public SourceReader<Long, Long> open(String split, Long position, ConnectorContext context) {
      throw new UnsupportedOperationException("it is only looked at");
    }
  }

  /** A sink that only says what it promises. */
  private record Writes(Delivery delivery) implements Sink<Object, Long> {
    @Override
    public TypeToken<Long> committableType() {
      return TypeToken.of(Long.class);
    }

    @Override
    public SinkWriter<Object, Long> openWriter(ConnectorContext context) {
      throw new UnsupportedOperationException("it is only looked at");
    }

    @Override
    public Committer<Long> openCommitter(ConnectorContext context) {
      throw new UnsupportedOperationException("it is only looked at");
    }
  }

  private static final Writes TRANSACTIONAL = new Writes(Sink.Delivery.TRANSACTIONAL);

  private static Job summing(boolean isReplayable, Sink.Delivery delivery) {
    return pipeline ->
        pipeline
            .source("in", new Reads(isReplayable))
            .keyBy(number -> number)
            .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
            .sink("out", new Writes(delivery));
  }

  private static Guarantees of(Job job, Guarantees.Terms terms) {
    Plan plan = Plan.of(job);
    assertThat(plan.problems()).isEmpty();
    return Guarantees.of(plan, terms);
  }

  @ParameterizedTest
  @Tag("DG-1")
  @Tag("N16c")
  @Tag("SP-4")
  @CsvSource({
    "true,  TRANSACTIONAL, EXACTLY_ONCE,  true,  EXACTLY_ONCE",
    "true,  IDEMPOTENT,    EXACTLY_ONCE,  true,  EXACTLY_ONCE",
    "true,  AT_LEAST_ONCE, EXACTLY_ONCE,  true,  AT_LEAST_ONCE",
    "true,  TRANSACTIONAL, AT_LEAST_ONCE, true,  AT_LEAST_ONCE",
    "true,  IDEMPOTENT,    AT_LEAST_ONCE, true,  AT_LEAST_ONCE",
    "true,  TRANSACTIONAL, EXACTLY_ONCE,  false, AT_MOST_ONCE",
    "true,  AT_LEAST_ONCE, EXACTLY_ONCE,  false, AT_MOST_ONCE",
    "false, TRANSACTIONAL, EXACTLY_ONCE,  true,  AT_MOST_ONCE",
    "false, AT_LEAST_ONCE, AT_LEAST_ONCE, true,  AT_MOST_ONCE",
  })
  void aPathIsAsStrongAsItsWeakestPart(
      boolean isReplayable,
      Sink.Delivery delivery,
      CheckpointingMode mode,
      boolean isDurable,
      Guarantee expected) {
    Guarantees guarantees =
        of(
            summing(isReplayable, delivery),
            new Guarantees.Terms(mode, isDurable, Optional.empty()));

    assertThat(guarantees.paths()).hasSize(1);
    assertThat(guarantees.weakest()).isEqualTo(expected);
    assertThat(guarantees.paths().get(0).limits().isEmpty())
        .isEqualTo(expected == Guarantee.EXACTLY_ONCE);
  }

  @Test
  @Tag("N16c")
  @Tag("DG-2")
  @Tag("FAULT-50")
  @Tag("SP-4")
  void eachPathIsToldWithItsReasons() {
    Job job =
        pipeline -> {
          Stream<Long> log = pipeline.source("log", new Reads(true));
          Stream<Long> socket = pipeline.source("socket", new Reads(false));
          log.sink("archive", new Writes(Sink.Delivery.IDEMPOTENT));
          Stream<Long> all = log.union(socket);
          all.sink("table", TRANSACTIONAL);
          all.sink("print", new Writes(Sink.Delivery.AT_LEAST_ONCE));
        };

    assertThat(of(job, DURABLE).toString().lines())
        .containsExactly(
            "  log -> archive: exactly once, in effect, if what is written again is the same as"
                + " before",
            "  log -> table: exactly once",
            "  log -> print: at least once, because sink \"print\" may write again what it wrote"
                + " after the last complete checkpoint",
            "  socket -> table: at most once, because source \"socket\" cannot be read again from a"
                + " position",
            "  socket -> print: at most once, because source \"socket\" cannot be read again from a"
                + " position; and sink \"print\" may write again what it wrote after the last"
                + " complete checkpoint");
  }

  @Test
  @Tag("DG-2")
  @Tag("FAULT-50")
  @Tag("FAULT-51")
  void whatIsLessThanRequiredIsAProblemForEachPathWithItsRemedy() {
    Job job =
        pipeline -> {
          Stream<Long> all =
              pipeline
                  .source("log", new Reads(true))
                  .union(pipeline.source("queue", new Reads(false)));
          all.sink("table", TRANSACTIONAL);
          all.sink("print", new Writes(Sink.Delivery.AT_LEAST_ONCE));
        };
    Guarantees guarantees = of(job, DURABLE);

    assertThat(guarantees.below(Guarantee.AT_MOST_ONCE)).isEmpty();
    assertThat(guarantees.below(Guarantee.AT_LEAST_ONCE))
        .extracting(Problem::where)
        .containsExactly("path queue -> table", "path queue -> print");
    assertThat(guarantees.below(Guarantee.AT_LEAST_ONCE).get(1).toString())
        .doesNotContain("sink \"print\"");
    assertThat(guarantees.below(Guarantee.EXACTLY_ONCE))
        .extracting(Problem::toString)
        .containsExactly(
            "path log -> print: It gives at least once, but exactly once is required, because sink"
                + " \"print\" may write again what it wrote after the last complete checkpoint."
                + " Write to a transactional or idempotent sink instead of \"print\".",
            "path queue -> table: It gives at most once, but exactly once is required, because"
                + " source \"queue\" cannot be read again from a position. Put a log or files"
                + " between the outside and source \"queue\".",
            "path queue -> print: It gives at most once, but exactly once is required, because"
                + " source \"queue\" cannot be read again from a position; and sink \"print\" may"
                + " write again what it wrote after the last complete checkpoint. Put a log or"
                + " files between the outside and source \"queue\". Write to a transactional or"
                + " idempotent sink instead of \"print\".");
  }

  @Test
  @Tag("AB-4")
  void aChainWithoutAnythingToAlignNeedsNoAlignment() {
    Guarantees.Terms unaligned =
        new Guarantees.Terms(CheckpointingMode.AT_LEAST_ONCE, true, Optional.empty());
    Job chain =
        pipeline ->
            pipeline
                .source("in", new Reads(true))
                .filter(number -> number > 0)
                .sink("out", TRANSACTIONAL);
    Job spread =
        pipeline ->
            pipeline
                .source("in", new Reads(true))
                .filter(number -> number > 0)
                .parallelism(3)
                .sink("out", TRANSACTIONAL);
    Job united =
        pipeline ->
            pipeline
                .source("in", new Reads(true))
                .union(pipeline.source("more", new Reads(true)))
                .sink("out", TRANSACTIONAL);

    assertThat(of(chain, unaligned).weakest()).isEqualTo(Guarantee.EXACTLY_ONCE);
    assertThat(of(spread, unaligned).weakest()).isEqualTo(Guarantee.AT_LEAST_ONCE);
    assertThat(of(united, unaligned).weakest()).isEqualTo(Guarantee.AT_LEAST_ONCE);
  }

  @Test
  void leaveToRestoreBelowACommitIsLeaveToWriteTwice() {
    Settings settings = Settings.in(Path.of("state"));
    Job job = summing(true, Sink.Delivery.TRANSACTIONAL);

    assertThat(of(job, Guarantees.Terms.of(settings)).weakest()).isEqualTo(Guarantee.EXACTLY_ONCE);
    assertThat(
            of(job, Guarantees.Terms.of(settings.restoreBelowCommit(new CheckpointId(7))))
                .toString())
        .contains("at least once, because checkpoint 7 may be restored although sink \"out\"");
  }

  @Test
  @Tag("FAULT-51")
  void aPacedSourceIsReplayableIfWhatItPacesIs() {
    assertThat(Sources.paced(new Reads(false), 10).isReplayable()).isFalse();
    assertThat(Sources.paced(new Reads(true), 10).isReplayable()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("DG-1")
  void theWeakerOfTwoIsWhatHolds(Guarantee guarantee) {
    assertThat(guarantee.and(Guarantee.AT_MOST_ONCE)).isEqualTo(Guarantee.AT_MOST_ONCE);
    assertThat(guarantee.and(Guarantee.EXACTLY_ONCE)).isEqualTo(guarantee);
  }
}
