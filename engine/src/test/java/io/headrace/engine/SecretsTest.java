package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Job;
import io.headrace.api.KeyValue;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueRejectedException;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.api.plan.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a connector is set to and what values hold is told nowhere. */
@Tag("S16")
@Timeout(60)
class SecretsTest {

  private static final String PASSWORD = "canary-of-settings-5d1f";
  private static final String SECRET = "canary-of-values-7c3a";

  @TempDir Path directory;

  /** A value with something in it that is nobody's business. */
  record Card(String number, long amount, List<String> notes) {}

  /** How the job ends. */
  enum Ending {
    WELL("FINISHED"),
    A_FUNCTION_FAILS("USER_FUNCTION_FAILED"),
    A_KEY_CANNOT_BE_ENCODED("VALUE_NOT_ENCODABLE"),
    A_VALUE_CANNOT_BE_ENCODED("VALUE_NOT_ENCODABLE"),
    THE_SINK_REJECTS("VALUE_REJECTED"),
    THE_SINK_FAILS("SINK_FAILED"),
    STATE_IS_FULL("STATE_LIMIT_REACHED");

    /** What is told then. */
    private final String told;

    Ending(String told) {
      this.told = told;
    }
  }

  /** A sink that was given a password, which the text of a record shows. */
  record Vault(String password, Ending ending) implements Sink<Card, String> {

    @Override
    public TypeToken<String> committableType() {
      return TypeToken.of(String.class);
    }

    @Override
    public Delivery delivery() {
      return Delivery.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<Card, String> openWriter(ConnectorContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(Card card) throws Exception {
          if (ending == Ending.THE_SINK_REJECTS) {
            throw new ValueRejectedException("since it has no room");
          }
          if (ending == Ending.THE_SINK_FAILS) {
            throw new IOException("the connection is lost");
          }
        }

        @Override
        public Prepared<String> prepare(CheckpointId checkpoint) {
          return Prepared.nothing();
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };
    }

    @Override
    public Committer<String> openCommitter(ConnectorContext context) throws Exception {
      return Sinks.<Card>collect().openCommitter(context);
    }
  }

  private static Job job(Ending ending) {
    return pipeline ->
        pipeline
            .source("cards", Sources.generate(Card.class, 200, index -> card(index, ending)))
            .keyBy(SecretsTest::key)
            .aggregate("last", Card.class, card(0, Ending.WELL), SecretsTest::later)
            .map(KeyValue::value)
            .as(Card.class)
            .map(card -> checked(card, ending))
            .as(Card.class)
            .sink("vault", new Vault(PASSWORD, ending));
  }

  private static String key(Card card) {
    return card.number() + card.amount();
  }

  private static Card later(Card before, Card card) {
    return card;
  }

  private static Card card(long index, Ending ending) {
    boolean isBroken = ending == Ending.A_VALUE_CANNOT_BE_ENCODED && index == 150;
    String number = SECRET + (ending == Ending.A_KEY_CANNOT_BE_ENCODED ? "\ud800" : "");
    return new Card(number, index, isBroken ? Collections.singletonList(nothing()) : List.of());
  }

  @SuppressWarnings("NullAway") // A mistake, made on purpose.
  private static String nothing() {
    return null;
  }

  private static Card checked(Card card, Ending ending) {
    if (ending == Ending.A_FUNCTION_FAILS) {
      throw new IllegalStateException("no good");
    }
    return card;
  }

  @ParameterizedTest
  @EnumSource
  void noneShowsInLogsErrorsStatesAndTextsOfARun(Ending ending) throws Exception {
    Settings settings =
        Settings.in(directory)
            .parallelism(1)
            .withRestarts(RestartStrategy.none())
            .stateBytes(ending == Ending.STATE_IS_FULL ? 1_000 : 100_000_000);
    StringBuilder said = new StringBuilder();

    said.append(Log.textOf(() -> run(job(ending), settings, said)));

    assertThat(said.toString()).contains(ending.told).doesNotContain(PASSWORD, SECRET);
    assertNoFileHas(PASSWORD);
  }

  private static void run(Job job, Settings settings, StringBuilder said) {
    said.append(settings).append(settings.explained());
    said.append(Plan.of(job).problems());
    try (Run run = Headrace.start(job, settings, state -> {})) {
      said.append(run.guarantees()).append(Thread.getAllStackTraces().keySet());
      Optional<Throwable> failure = failure(run);
      StringWriter stack = new StringWriter();
      failure.ifPresent(thrown -> thrown.printStackTrace(new PrintWriter(stack)));
      said.append(stack);
      said.append(run.status()).append(run.state());
      said.append(failure.isPresent() ? "" : "FINISHED");
    }
  }

  private static Optional<Throwable> failure(Run run) {
    try {
      run.await();
      return Optional.empty();
    } catch (RuntimeException thrown) {
      return Optional.of(thrown);
    }
  }

  private void assertNoFileHas(String canary) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        assertThat(file.toString()).doesNotContain(PASSWORD, SECRET);
        if (Files.isRegularFile(file)) {
          String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
          assertThat(content).as("%s", file).doesNotContain(canary);
        }
      }
    }
  }
}
