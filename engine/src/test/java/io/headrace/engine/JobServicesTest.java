package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Context;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.KeyedProcessFactory;
import io.headrace.api.Pipeline;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Service;
import io.headrace.api.Services;
import io.headrace.api.Settings;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.States;
import io.headrace.api.TypeToken;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a job gives its operators to use. */
@Timeout(60)
class JobServicesTest {

  @TempDir Path directory;

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final AtomicBoolean fails = new AtomicBoolean();
  private final CollectingSink<String> out = Sinks.collect();

  /** Names of numbers, looked up elsewhere. */
  private final class Names implements AutoCloseable {

    Names() {
      events.add("opened");
    }

    String of(long number) {
      if (fails.getAndSet(false)) {
        throw new IllegalStateException("no answer");
      }
      return "number " + number;
    }

    @Override
    public void close() {
      events.add("closed");
    }
  }

  /** Asks for the name of each number. */
  private static class Naming implements KeyedProcess<Long, Long, String> {

    final Service<Names> names;

    Naming(States states) {
      names = states.service(Names.class);
    }

    @Override
    public void process(Long number, Context<Long, String> at) {
      at.emit(names.get().of(number));
    }
  }

  /** Uses it where it is not open. */
  private static final class Hasty extends Naming {

    Hasty(States states) {
      super(states);
      names.get();
    }
  }

  private Job job(Services services, KeyedProcessFactory<Long, Long, String> process) {
    return new Job() {
      @Override
      public void define(Pipeline pipeline) {
        pipeline
            .source("numbers", Sources.generate(Long.class, 10, index -> index))
            .keyBy(number -> number % 2)
            .process("names", process)
            .sink("out", out);
      }

      @Override
      public Services services() {
        return services;
      }
    };
  }

  private Settings settings() {
    return Settings.in(directory)
        .parallelism(2)
        .withRestarts(RestartStrategy.fixedDelay(1, Duration.ofMillis(1)));
  }

  @Test
  void oneServesAllTasksOfAnAttemptAndIsClosedWithIt() {
    fails.set(true);

    Headrace.run(job(Services.none().opening(Names.class, Names::new), Naming::new), settings());

    assertThat(out.values()).hasSize(10).contains("number 7");
    assertThat(events).containsExactly("opened", "closed", "opened", "closed");
  }

  /** Uses the service where its writers and its committer are opened. */
  private record Asking(CollectingSink<String> sink) implements Sink<String, String> {

    @Override
    public TypeToken<String> committableType() {
      return sink.committableType();
    }

    @Override
    public Delivery delivery() {
      return sink.delivery();
    }

    @Override
    public SinkWriter<String, String> openWriter(ConnectorContext context) throws Exception {
      context.service(Names.class).of(context.task());
      return sink.openWriter(context);
    }

    @Override
    public Committer<String> openCommitter(ConnectorContext context) throws Exception {
      context.service(Names.class).of(context.task());
      return sink.openCommitter(context);
    }
  }

  private Job asking(Services services) {
    return new Job() {
      @Override
      public void define(Pipeline pipeline) {
        pipeline
            .source("numbers", Sources.generate(Long.class, 10, index -> index))
            .map(number -> "number " + number)
            .as(String.class)
            .sink("out", new Asking(out));
      }

      @Override
      public Services services() {
        return services;
      }
    };
  }

  @Test
  void sinksAskWhereTheyAreOpened() {
    Headrace.run(asking(Services.none().opening(Names.class, Names::new)), settings());

    assertThat(out.values()).hasSize(10);
    assertThat(events).containsExactly("opened", "closed");
  }

  @Test
  void aSinkThatAsksForWhatTheJobDoesNotGiveIsTold() {
    assertThatThrownBy(() -> Headrace.run(asking(Services.none()), settings()))
        .hasMessageContaining("Operator \"out\" asks for a service of")
        .hasMessageContaining("INVALID_JOB");
  }

  @Test
  void aJobWithoutAServiceThatAnOperatorAsksForIsRefused() {
    assertThatThrownBy(() -> Headrace.run(job(Services.none(), Naming::new), settings()))
        .hasMessageContaining("INVALID_JOB")
        .hasMessageContaining("operator \"names\": It asks for a service of")
        .hasMessageContaining("Have services() of the job give one of exactly that type.");
  }

  @Test
  @SuppressWarnings("NullAway") // What a careless job does.
  void aJobWhoseServicesAreNullIsRefused() {
    assertThatThrownBy(() -> Headrace.run(job(null, Naming::new), settings()))
        .hasMessageContaining("services(): It returns null.")
        .hasMessageContaining("INVALID_JOB");
  }

  @Test
  void aServiceCannotBeUsedInTheConstructorOfAProcess() {
    Services services = Services.none().opening(Names.class, Names::new);

    assertThatThrownBy(() -> Headrace.run(job(services, Hasty::new), settings()))
        .hasMessageContaining("was used in the constructor of the process of operator \"names\"");
    assertThat(events).isEmpty();
  }
}
