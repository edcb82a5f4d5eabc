package io.headrace.api.plan;

import io.headrace.api.DeadLetter;
import io.headrace.api.OnFailure;
import io.headrace.api.OperatorOptions;
import io.headrace.api.Pipeline;
import io.headrace.api.Printable;
import io.headrace.api.Services;
import io.headrace.api.SideOutput;
import io.headrace.api.Source;
import io.headrace.api.States;
import io.headrace.api.Stream;
import io.headrace.api.TypeToken;
import io.headrace.api.WatermarkStrategy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records what a job describes, and everything that is wrong with it. */
final class PlanRecorder {

  private final Services services;
  private final List<OperatorDraft> operators = new ArrayList<>();
  private final List<RecordedStream<?>> streams = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<OperatorDraft> processes = new HashSet<>();
  private final Set<OperatorDraft> unions = new HashSet<>();
  private final Map<OperatorDraft, TypeSlot> keyTypes = new LinkedHashMap<>();
  private final Map<OperatorDraft, Map<String, TypeToken<?>>> sides = new HashMap<>();

  /**
   * @param services what the job gives its operators
   */
  PlanRecorder(@Nullable Services services) {
    this.services = services == null ? Services.none() : services;
    if (services == null) {
      problems.add(
          new Problem(
              "services()", "It returns null.", "Return Services.none() if there are none."));
    }
  }

  /** An operator asks for a service. */
  void needs(String operator, Class<?> type) {
    if (!services.types().contains(type)) {
      problem(
          operator,
          "It asks for a service of " + type.getName() + ", and the job gives none.",
          "Have services() of the job give one of exactly that type.");
    }
  }

  Pipeline pipeline() {
    return new Pipeline() {
      @Override
      public <T> Stream<T> source(String name, Source<T, ?> source) {
        return recorded(name, source, Optional.empty());
      }

      @Override
      public <T> Stream<T> source(
          String name, Source<T, ?> source, WatermarkStrategy<? super T> eventTime) {
        return recorded(name, source, Optional.of(eventTime));
      }
    };
  }

  private <T> Stream<T> recorded(
      String name, Source<T, ?> source, Optional<WatermarkStrategy<?>> eventTime) {
    Objects.requireNonNull(source, "source");
    OperatorDraft draft =
        named(
            name,
            self -> new Node.Source(self.id(), self.name(), self.options(), source, eventTime));
    return stream(draft, Optional.empty(), new TypeSlot(Optional.of(source.type().type())));
  }

  /** A problem of the operator that is being described, by its name. */
  void problem(@Nullable String name, String what, String remedy) {
    problems.add(new Problem(place(name), what, remedy));
  }

  /** A problem of an operator that was described. */
  void problem(OperatorDraft operator, String what, String remedy) {
    problems.add(new Problem(operator.place(), what, remedy));
  }

  /** How the next operator is told: by its name, or else by where the job describes it. */
  private String place(@Nullable String name) {
    return name == null || name.isBlank()
        ? "operator number " + (operators.size() + 1) + ", without a name" + line()
        : "operator \"" + name + "\"";
  }

  /** The line of the job that describes something, as it follows a place. */
  private static String line() {
    return StackWalker.getInstance()
        .walk(frames -> frames.dropWhile(frame -> isOfNoJob(frame.getClassName())).findFirst())
        .filter(frame -> frame.getLineNumber() > 0)
        .map(frame -> ", at " + frame.getFileName() + ":" + frame.getLineNumber())
        .orElse("");
  }

  private static boolean isOfNoJob(String type) {
    return type.startsWith(Stream.class.getPackageName() + ".") || type.startsWith("java.");
  }

  /** An operator that the user named: state, positions and transactions are found by the name. */
  OperatorDraft named(@Nullable String name, Function<OperatorDraft, Node> build) {
    if (name == null || name.isBlank()) {
      problem(name, "It has no name.", "Give sources, sinks and processes a name that will last.");
    } else if (!names.add(name)) {
      problem(name, "Another operator has the same name.", "Give each operator a name of its own.");
    }
    checkShows(name);
    return add(name == null ? "" : name, build);
  }

  /** Names stand in logs, in names of threads, and on lines of files. */
  private void checkShows(@Nullable String name) {
    if (name != null && !Printable.isName(name)) {
      problem(
          name,
          "Its name has a character in it that does not show.",
          "Take line breaks and other control characters out of it.");
    }
  }

  /** An operator without anything to find again: its name only tells people what it is. */
  OperatorDraft stateless(String kind, Function<OperatorDraft, Node> build) {
    return add(kind + "-" + operators.size(), build);
  }

  OperatorDraft union(Function<OperatorDraft, Node> build) {
    OperatorDraft draft = stateless("union", build);
    unions.add(draft);
    return draft;
  }

  OperatorDraft process(String name, Function<OperatorDraft, Node> build) {
    OperatorDraft draft = named(name, build);
    processes.add(draft);
    return draft;
  }

  private OperatorDraft add(String name, Function<OperatorDraft, Node> build) {
    OperatorDraft draft = new OperatorDraft(new NodeId(operators.size()), name, place(name), build);
    operators.add(draft);
    return draft;
  }

  boolean isProcess(OperatorDraft operator) {
    return processes.contains(operator);
  }

  /** Two streams can only meet at a key if it is encoded alike. */
  void requireSameKeys(OperatorDraft process, TypeSlot first, TypeSlot second) {
    if (!first.type().equals(second.type())) {
      problem(
          process,
          "Its streams have keys of different types: "
              + first.type().map(Type::getTypeName).orElse("unknown")
              + " and "
              + second.type().map(Type::getTypeName).orElse("unknown")
              + ".",
          "Select keys of one type from both, or say it with keyBy(new TypeToken<...>() {}, ...).");
    }
  }

  void requireKeyType(OperatorDraft process, TypeSlot keyType) {
    keyTypes.put(process, keyType);
  }

  <T> RecordedStream<T> stream(
      OperatorDraft producer, Optional<SideOutput<?>> side, TypeSlot type) {
    side.ifPresent(output -> checkSide(producer, output));
    RecordedStream<T> stream = new RecordedStream<>(this, producer, side, type);
    streams.add(stream);
    return stream;
  }

  private void checkSide(OperatorDraft producer, SideOutput<?> output) {
    TypeToken<?> known =
        sides
            .computeIfAbsent(producer, any -> new HashMap<>())
            .putIfAbsent(output.name(), output.type());
    if (known != null && !known.equals(output.type())) {
      problem(
          producer,
          "Its side output \""
              + output.name()
              + "\" is taken as "
              + known
              + " and as "
              + output.type()
              + ".",
          "Give side outputs of different types different names.");
    }
  }

  /** Says that an operator may block. */
  void blocking(OperatorDraft operator) {
    if (unions.contains(operator)) {
      problem(
          operator,
          "It is said to block, but a union does nothing that could.",
          "Say it of the operators before or behind the union.");
    }
    operator.options(OperatorOptions::thatBlocks);
  }

  void parallelism(OperatorDraft operator, int parallelism) {
    if (parallelism < 1) {
      problem(
          operator, "Its parallelism is " + parallelism + ".", "Set a parallelism of at least 1.");
    } else {
      operator.options(options -> options.withParallelism(parallelism));
    }
  }

  /** Says what becomes of values that an operator fails on. */
  void onFailure(OperatorDraft operator, OnFailure fate) {
    OnFailure known = operator.options().onFailure();
    if (unions.contains(operator)) {
      problem(
          operator,
          "It is said what becomes of values that it fails on, but a union fails on none.",
          "Say it of the operators before or behind the union.");
    } else if (known != OnFailure.FAIL && known != fate) {
      problem(
          operator,
          "Values that it fails on are to be skipped and to be dead letters.",
          "Take its deadLetters() or say skipFailures(), not both.");
    }
    operator.options(options -> options.withOnFailure(fate));
  }

  /** The stream of the dead letters of an operator. */
  Stream<DeadLetter> deadLetters(OperatorDraft operator) {
    onFailure(operator, OnFailure.DEAD_LETTER);
    Type type = DeadLetter.OUTPUT.type().type();
    return stream(operator, Optional.of(DeadLetter.OUTPUT), new TypeSlot(Optional.of(type)));
  }

  /** The recorded form of a stream, if it is one of this pipeline. */
  <T> Optional<RecordedStream<T>> own(Stream<T> stream) {
    return stream instanceof RecordedStream<T> recorded && streams.contains(recorded)
        ? Optional.of(recorded)
        : Optional.empty();
  }

  /** A process as its tasks will make it, to see its types and states. */
  <P> Optional<P> sample(String name, Function<States, P> factory, StateRecorder states) {
    try {
      P process = factory.apply(states);
      if (process != null) {
        return Optional.of(process);
      }
      problem(name, "Its factory returned null.", "Return a new process from the factory.");
    } catch (RuntimeException thrown) {
      problem(
          name,
          "Its factory threw " + thrown + ".",
          "Let the constructor of a process do nothing but declare states.");
    }
    return Optional.empty();
  }

  Plan plan(String job) {
    if (!Printable.isName(job)) {
      problems.add(
          new Problem(
              "job \"" + job + "\"",
              "Its name has a character in it that does not show.",
              "Take line breaks and other control characters out of it."));
    }
    if (operators.isEmpty()) {
      problems.add(
          new Problem(
              "job \"" + job + "\"", "It describes nothing.", "Start with pipeline.source(...)."));
    }
    for (RecordedStream<?> stream : streams) {
      checkConnected(stream);
      checkTyped(stream);
    }
    keyTypes.forEach(this::checkKeyTyped);
    return new Plan(job, operators.stream().map(OperatorDraft::build).toList(), services, problems);
  }

  private void checkConnected(RecordedStream<?> stream) {
    boolean mayEnd = stream.type().type().filter(type -> type == Void.class).isPresent();
    if (!stream.isTaken() && !mayEnd) {
      problem(
          stream.producer(),
          describe(stream) + " goes nowhere.",
          "Write it to a sink or take the operator out; a process that emits nothing emits Void.");
    }
  }

  private void checkTyped(RecordedStream<?> stream) {
    if (stream.type().type().isEmpty()) {
      problem(
          stream.producer(),
          "The type of " + describe(stream).toLowerCase(java.util.Locale.ROOT) + " is not known.",
          "Say it with .as(TheType.class) or .as(new TypeToken<...>() {}) right after the"
              + " operator.");
    }
  }

  private void checkKeyTyped(OperatorDraft process, TypeSlot keyType) {
    Optional<Type> type = keyType.type();
    if (type.isEmpty()) {
      problem(
          process,
          "The type of its keys is not known.",
          "Say it with keyBy(new TypeToken<...>() {}, selector).");
    }
  }

  private static String describe(RecordedStream<?> stream) {
    return stream
        .side()
        .map(output -> "Its side output \"" + output.name() + "\"")
        .orElse("Its output");
  }
}
