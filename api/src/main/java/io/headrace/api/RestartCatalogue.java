package io.headrace.api;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The lines of the catalogue of settings that say what happens after a failure. */
final class RestartCatalogue {

  /** What the names of all of them begin with. */
  static final String PREFIX = "restart-strategy.";

  private static final RestartStrategy.FixedDelay FIXED =
      (RestartStrategy.FixedDelay) RestartStrategy.fixedDelay();

  private static final RestartStrategy.FailureRate RATE =
      (RestartStrategy.FailureRate) RestartStrategy.failureRate();

  private static final RestartStrategy.ExponentialDelay EXPONENTIAL =
      (RestartStrategy.ExponentialDelay) RestartStrategy.exponentialDelay();

  static final Setting<Kind> TYPE =
      Setting.of(
          PREFIX + "type",
          Format.oneOf(List.of(Kind.values()), Kind::word),
          settings -> Kind.of(settings.restarts()),
          "What happens after a failure. Without a `directory` the first one ends the job; a job"
              + " that is `ephemeral` takes no strategy but none.");

  private static final Setting<Integer> FIXED_ATTEMPTS =
      fixed(
          "attempts",
          Format.LIMIT,
          RestartStrategy.FixedDelay::attempts,
          "How many restarts there are in the whole run.");

  private static final Setting<Duration> FIXED_DELAY =
      fixed(
          "delay",
          Format.DURATION,
          RestartStrategy.FixedDelay::delay,
          "The time before each restart.");

  private static final Setting<Integer> RATE_FAILURES =
      rate(
          "max-failures-per-interval",
          Format.COUNT,
          RestartStrategy.FailureRate::maxFailuresPerInterval,
          "How many failures are followed by a restart in any interval.");

  private static final Setting<Duration> RATE_INTERVAL =
      rate(
          "failure-rate-interval",
          Format.DURATION,
          RestartStrategy.FailureRate::interval,
          "How long failures are remembered.");

  private static final Setting<Duration> RATE_DELAY =
      rate(
          "delay",
          Format.DURATION,
          RestartStrategy.FailureRate::delay,
          "The time before each restart.");

  private static final Setting<Duration> INITIAL =
      exponential(
          "initial-backoff",
          Format.DURATION,
          RestartStrategy.ExponentialDelay::initialBackoff,
          "The delay after the first failure.");

  private static final Setting<Duration> MAX =
      exponential(
          "max-backoff",
          Format.DURATION,
          RestartStrategy.ExponentialDelay::maxBackoff,
          "The longest delay.");

  private static final Setting<Double> MULTIPLIER =
      exponential(
          "backoff-multiplier",
          Format.NUMBER,
          RestartStrategy.ExponentialDelay::backoffMultiplier,
          "How much longer each delay is than the one before.");

  private static final Setting<Double> JITTER =
      exponential(
          "jitter-factor",
          Format.NUMBER,
          RestartStrategy.ExponentialDelay::jitterFactor,
          "The part of a delay that chance adds or takes away, at most.");

  private static final Setting<Duration> RESET =
      exponential(
          "reset-backoff-threshold",
          Format.DURATION,
          RestartStrategy.ExponentialDelay::resetBackoffThreshold,
          "After an attempt that ran this long the delay is the initial one again.");

  private static final Setting<Integer> ATTEMPTS =
      exponential(
          "attempts-before-reset-backoff",
          Format.LIMIT,
          RestartStrategy.ExponentialDelay::attempts,
          "How many restarts in a row there are before the job fails for good.");

  /** In the order of the page. */
  static final List<Setting<?>> ALL =
      List.of(
          TYPE,
          INITIAL,
          MAX,
          MULTIPLIER,
          JITTER,
          RESET,
          ATTEMPTS,
          FIXED_ATTEMPTS,
          FIXED_DELAY,
          RATE_FAILURES,
          RATE_INTERVAL,
          RATE_DELAY);

  private RestartCatalogue() {}

  /** The kinds of strategy. */
  enum Kind {
    EXPONENTIAL_DELAY("exponential-delay", RestartStrategy.ExponentialDelay.class),
    FIXED_DELAY("fixed-delay", RestartStrategy.FixedDelay.class),
    FAILURE_RATE("failure-rate", RestartStrategy.FailureRate.class),
    NONE("none", RestartStrategy.None.class);

    private final String word;
    private final Class<? extends RestartStrategy> type;

    Kind(String word, Class<? extends RestartStrategy> type) {
      this.word = word;
      this.type = type;
    }

    String word() {
      return word;
    }

    String prefix() {
      return PREFIX + word + ".";
    }

    static Kind of(RestartStrategy strategy) {
      return List.of(values()).stream()
          .filter(kind -> kind.type.isInstance(strategy))
          .findFirst()
          .orElseThrow();
    }
  }

  private static <T> Setting<T> fixed(
      String name, Format<T> format, Function<RestartStrategy.FixedDelay, T> part, String meaning) {
    return Setting.of(
        Kind.FIXED_DELAY.prefix() + name,
        format,
        settings ->
            part.apply(
                settings.restarts() instanceof RestartStrategy.FixedDelay fixed ? fixed : FIXED),
        meaning);
  }

  private static <T> Setting<T> rate(
      String name,
      Format<T> format,
      Function<RestartStrategy.FailureRate, T> part,
      String meaning) {
    return Setting.of(
        Kind.FAILURE_RATE.prefix() + name,
        format,
        settings ->
            part.apply(
                settings.restarts() instanceof RestartStrategy.FailureRate rate ? rate : RATE),
        meaning);
  }

  private static <T> Setting<T> exponential(
      String name,
      Format<T> format,
      Function<RestartStrategy.ExponentialDelay, T> part,
      String meaning) {
    return Setting.of(
        Kind.EXPONENTIAL_DELAY.prefix() + name,
        format,
        settings ->
            part.apply(
                settings.restarts() instanceof RestartStrategy.ExponentialDelay exponential
                    ? exponential
                    : EXPONENTIAL),
        meaning);
  }

  /** The strategy that the values say; what they say of other strategies is a problem. */
  static RestartStrategy assemble(Catalogue.Values values, SettingsProblems problems) {
    Kind kind = values.of(TYPE);
    for (Kind other : Kind.values()) {
      if (other != kind) {
        values
            .from(other.prefix())
            .forEach(
                place ->
                    problems.add(
                        "%s has no effect, since %s is %s: take one of them out."
                            .formatted(place, TYPE.name(), kind.word())));
      }
    }
    return problems.check(
        values.from(TYPE.name(), kind.prefix()),
        () -> strategy(kind, values),
        RestartStrategy.exponentialDelay());
  }

  private static RestartStrategy strategy(Kind kind, Catalogue.Values values) {
    return switch (kind) {
      case NONE -> RestartStrategy.none();
      case FIXED_DELAY ->
          new RestartStrategy.FixedDelay(values.of(FIXED_ATTEMPTS), values.of(FIXED_DELAY));
      case FAILURE_RATE ->
          new RestartStrategy.FailureRate(
              values.of(RATE_FAILURES), values.of(RATE_INTERVAL), values.of(RATE_DELAY));
      case EXPONENTIAL_DELAY ->
          new RestartStrategy.ExponentialDelay(
              values.of(INITIAL),
              values.of(MAX),
              values.of(MULTIPLIER),
              values.of(JITTER),
              values.of(RESET),
              values.of(ATTEMPTS));
    };
  }
}
