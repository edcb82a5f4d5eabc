package io.headrace.architecture;

import io.headrace.api.BroadcastContext;
import io.headrace.api.BroadcastState;
import io.headrace.api.Context;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Invariant;
import io.headrace.api.Job;
import io.headrace.api.KeyedBroadcastProcess;
import io.headrace.api.KeyedProcess;
import io.headrace.api.MapFunction;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Services;
import io.headrace.api.Settings;
import io.headrace.api.SideOutput;
import io.headrace.api.Sink;
import io.headrace.api.Source;
import io.headrace.api.States;
import io.headrace.api.Stream;
import io.headrace.api.ValueState;
import io.headrace.api.connector.GeneratedSource;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.Headrace;
import io.headrace.engine.Run;
import io.headrace.files.JsonLines;
import io.headrace.micrometer.HeadraceMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Real failures of one small job, with the names that the pages on errors use. */
final class ErrorExamples {

  private static final SideOutput<String> LARGE = SideOutput.of("large", String.class);
  private static final MapFunction<Deposit, Deposit> SAME = deposit -> deposit;

  /** Where the job keeps its files, and what the pages call it. */
  private final Path folder;

  private final Path directory;

  ErrorExamples(Path folder) {
    this.folder = folder;
    this.directory = folder.resolve("state");
  }

  record Deposit(String account, long cents) {}

  record Balance(String account, long cents) {}

  /** A job with a name. */
  private record Named(String name, Job job) implements Job {
    @Override
    public void define(io.headrace.api.Pipeline pipeline) {
      job.define(pipeline);
    }
  }

  /** A failure with this code; empty for what cannot be brought about in a moment. */
  Optional<HeadraceException> of(ErrorCode code) throws Exception {
    return switch (code) {
      case INVALID_JOB -> thrownBy(() -> Headrace.run(job(SAME), Settings.defaults()));
      case STATE_OUT_OF_SCOPE -> run(stateElsewhere());
      case BROADCAST_STATE_DIFFERS -> run(differentRates());
      case SIDE_OUTPUT_UNCONNECTED -> run(sideOutput());
      case USER_FUNCTION_FAILED -> run(job(ErrorExamples::positive));
      case VALUE_REJECTED -> run(job(deposits(), SAME, new FullSink("reject")));
      case POISONOUS_INPUT -> thrownBy(this::runAgainAndAgain);
      case VALUE_NOT_ENCODABLE -> run(nullInState());
      case DIRECTORY_OWNED -> thrownBy(this::runTwice);
      case DIRECTORY_UNUSABLE -> thrownBy(this::runOnAFile);
      case INPUT_REFUSED -> run(job(malformed(), SAME, Sinks.collect()));
      case SOURCE_FAILED -> run(job(deposits(ErrorExamples::unreachable), SAME, Sinks.collect()));
      case SINK_FAILED -> run(job(deposits(), SAME, new FullSink("write")));
      case SERVICE_FAILED -> run(new Priced());
      case COMMIT_FAILED -> run(job(deposits(), SAME, new FullSink("commit")));
      case CHECKPOINT_DAMAGED -> thrownBy(this::runDamaged);
      case STATE_INCOMPATIBLE -> thrownBy(this::runChanged);
      case STATE_LIMIT_REACHED ->
          thrownBy(() -> Headrace.run(job(SAME), settings().stateBytes(10_000)));
      case WAIT_INTERRUPTED -> thrownBy(this::waitInterrupted);
      case INTERNAL ->
          thrownBy(
              () -> Invariant.check(false, "input %s of %s ended twice", 0, "balances -> out #1"));
      case FATAL_ERROR -> run(throwing(new StackOverflowError()));
      case OUT_OF_MEMORY -> run(throwing(new OutOfMemoryError("Java heap space")));
      case JOB_ENDED -> thrownBy(this::askTheEnded);
      case METERS_TAKEN -> thrownBy(this::bindTwice);
      case CHECKPOINT_FAILED, OPERATOR_STUCK -> Optional.empty();
    };
  }

  /** What an example says, with the names of the pages, and numbers that differ left out. */
  String text(HeadraceException failure) {
    return withoutNumbers(
        String.valueOf(failure.getMessage())
            .replace(folder.toString(), "/var/lib/balances")
            .replace(ErrorExamples.class.getName() + "$", "com.example."));
  }

  static String withoutNumbers(String text) {
    return text.replaceAll("#[0-9a-f]{16}", "#0")
        .replaceAll("\\d[\\d.:TZ-]*", "#")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private Settings settings() {
    return Settings.in(directory).parallelism(1).withRestarts(RestartStrategy.none());
  }

  private Optional<HeadraceException> run(Job job) throws Exception {
    return thrownBy(() -> Headrace.run(job, settings()));
  }

  private interface Example {
    void run() throws Exception;
  }

  private static Optional<HeadraceException> thrownBy(Example example) throws Exception {
    try {
      example.run();
    } catch (HeadraceException failure) {
      return Optional.of(failure);
    }
    throw new AssertionError("nothing failed");
  }

  // The job

  private static GeneratedSource<Deposit> deposits() {
    return deposits(index -> new Deposit("a" + index, 100 - index));
  }

  private static GeneratedSource<Deposit> deposits(GeneratedSource.Generator<Deposit> deposit) {
    return Sources.generate(Deposit.class, 200, deposit);
  }

  private static Job job(MapFunction<Deposit, Deposit> check) {
    return job(deposits(), check, Sinks.collect());
  }

  private static <C> Job job(
      Source<Deposit, ?> source, MapFunction<Deposit, Deposit> check, Sink<Object, C> sink) {
    return new Named(
        "balances",
        pipeline ->
            pipeline
                .source("deposits", source)
                .map(check)
                .as(Deposit.class)
                .keyBy(Deposit::account)
                .aggregate("balances", Long.class, 0L, (sum, deposit) -> sum + deposit.cents())
                .sink("out", sink));
  }

  private static Deposit positive(Deposit deposit) {
    if (deposit.cents() < 1) {
      throw new IllegalArgumentException("a deposit of " + deposit.cents() + " cents");
    }
    return deposit;
  }

  private static Deposit unreachable(long index) throws IOException {
    throw new IOException("connection reset");
  }

  private static Job throwing(Error error) {
    return new Named(
        "balances",
        pipeline ->
            pipeline
                .source("deposits", deposits())
                .keyBy(Deposit::account)
                .aggregate(
                    "balances",
                    Long.class,
                    0L,
                    (sum, deposit) -> {
                      throw error;
                    })
                .sink("out", Sinks.collect()));
  }

  private static Job stateElsewhere() {
    AtomicReference<ValueState<Long>> sum = new AtomicReference<>();
    return new Named(
        "balances",
        pipeline ->
            pipeline
                .source(
                    "deposits",
                    deposits(
                        index -> new Deposit("a", Objects.requireNonNull(sum.get()).get() + index)))
                .keyBy(Deposit::account)
                .process("balances", states -> new Sum(states, sum))
                .sink("out", Sinks.collect()));
  }

  private static Job sideOutput() {
    return new Named(
        "balances",
        pipeline ->
            pipeline
                .source("deposits", deposits())
                .keyBy(Deposit::account)
                .process("balances", states -> new Sum(states, new AtomicReference<>()))
                .sink("out", Sinks.collect()));
  }

  /** Writes how often it was called, in whatever task. */
  private record Calls(BroadcastState<String, Long> rates, AtomicLong calls)
      implements KeyedBroadcastProcess<String, Deposit, Deposit, Balance> {

    @Override
    public void process(Deposit deposit, Context<String, Balance> at) {
      at.emit(new Balance(at.key(), deposit.cents()));
    }

    @Override
    public void processBroadcast(Deposit deposit, BroadcastContext at) {
      at.writable(rates).put("EUR", calls.incrementAndGet());
    }
  }

  private static Job differentRates() {
    AtomicLong calls = new AtomicLong();
    return pipeline -> {
      Stream<Deposit> deposits = pipeline.source("deposits", deposits());
      deposits
          .keyBy(Deposit::account)
          .connect(deposits.broadcast())
          .process(
              "balances",
              states -> new Calls(states.broadcast("rates", String.class, Long.class), calls))
          .parallelism(2)
          .sink("out", Sinks.collect());
    };
  }

  private static Job nullInState() {
    return new Named(
        "balances",
        pipeline ->
            pipeline
                .source("deposits", deposits())
                .keyBy(Deposit::account)
                .aggregate(
                    "balances",
                    Balance.class,
                    new Balance("", 0),
                    (balance, deposit) -> balance(null, balance.cents() + deposit.cents()))
                .sink("out", Sinks.collect()));
  }

  @SuppressWarnings("NullAway") // A mistake, made on purpose.
  private static Balance balance(@org.jspecify.annotations.Nullable String account, long cents) {
    return new Balance(account, cents);
  }

  private static final class Sum implements KeyedProcess<String, Deposit, Long> {

    private final ValueState<Long> sum;

    Sum(States states, AtomicReference<ValueState<Long>> leaked) {
      sum = states.value("sum", Long.class, 0L);
      leaked.set(sum);
    }

    @Override
    public void process(Deposit deposit, Context<String, Long> at) {
      at.emit(LARGE, deposit.account());
    }
  }

  private interface Prices extends AutoCloseable {}

  /** Needs a service that is not there. */
  private record Priced() implements Job {

    @Override
    public void define(io.headrace.api.Pipeline pipeline) {
      pipeline
          .source("deposits", deposits())
          .keyBy(Deposit::account)
          .process("balances", Priced::process)
          .as(Long.class)
          .sink("out", Sinks.collect());
    }

    private static KeyedProcess<String, Deposit, Long> process(States states) {
      states.service(Prices.class);
      return (deposit, at) -> at.emit(deposit.cents());
    }

    @Override
    public Services services() {
      return Services.none()
          .opening(
              Prices.class,
              () -> {
                throw new IOException("connection refused");
              });
    }
  }

  private Source<Deposit, ?> malformed() throws IOException {
    Path file = folder.resolve("deposits.json");
    Files.writeString(
        file, "{\"account\": \"a1\", \"cents\": 100}\n{\"account\": \"a2\", \"cents\": \"ten\"}");
    return JsonLines.read(file, Deposit.class);
  }

  // Runs

  private static Job endless() {
    return job(
        Sources.generate(Deposit.class, Long.MAX_VALUE, i -> new Deposit("a", i)),
        SAME,
        Sinks.collect());
  }

  private void runTwice() {
    Job endless = endless();
    Run first = Headrace.start(endless, settings());
    try {
      Headrace.run(endless, settings());
    } finally {
      first.close();
    }
  }

  private void runOnAFile() throws IOException {
    Files.writeString(directory, "not a folder");
    Headrace.run(job(SAME), settings());
  }

  private void runAgainAndAgain() {
    RestartStrategy atOnce = RestartStrategy.fixedDelay(10, Duration.ZERO);
    Headrace.run(job(ErrorExamples::positive), settings().withRestarts(atOnce));
  }

  private void runDamaged() throws IOException {
    Headrace.run(job(SAME), settings());
    try (DirectoryStream<Path> checkpoints =
        Files.newDirectoryStream(directory.resolve("checkpoints"))) {
      for (Path checkpoint : checkpoints) {
        Files.write(checkpoint.resolve("manifest.avro"), new byte[10]);
      }
    }
    Headrace.run(job(SAME), settings());
  }

  private void runChanged() {
    Headrace.run(job(SAME), settings());
    Headrace.run(sideOutput(), settings());
  }

  private void askTheEnded() throws Exception {
    try (Run run = Headrace.start(job(SAME), settings())) {
      run.await();
      run.checkpoint().get();
    } catch (ExecutionException answer) {
      throw answer.getCause() instanceof HeadraceException failure ? failure : answer;
    }
  }

  private void waitInterrupted() {
    Run run = Headrace.start(endless(), settings());
    try {
      Thread.currentThread().interrupt();
      run.await();
    } finally {
      Thread.interrupted();
      run.close();
    }
  }

  private void bindTwice() {
    MeterRegistry registry = new SimpleMeterRegistry();
    try (Run run = Headrace.start(endless(), settings())) {
      HeadraceMetrics.bind(run, registry);
      HeadraceMetrics.bind(run, registry);
    }
  }
}
