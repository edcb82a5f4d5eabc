package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.Context;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.MapState;
import io.headrace.api.Settings;
import io.headrace.api.States;
import io.headrace.api.Stream;
import io.headrace.api.ValueState;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.api.plan.Plan;
import io.headrace.api.plan.Problem;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a job is told that cannot be run: everything at once, with names and remedies. */
class InvalidJobTest {

  private static final String LINE = ", at InvalidJobTest.java:\\d+";

  record Order(String customer, Details details) {}

  record Details(List<Thread> threads) {}

  /** Equal whatever the case of the letters, while the encoding is not. */
  record Customer(String name) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Customer customer && customer.name.equalsIgnoreCase(name);
    }

    @Override
    public int hashCode() {
      return name.toLowerCase(Locale.ROOT).hashCode();
    }
  }

  static final class Remember implements KeyedProcess<Customer, String, String> {

    final ValueState<String> last;
    final MapState<Customer, Long> counts;
    final ValueState<String> again;

    Remember(States states) {
      last = states.value("last", String.class, "");
      counts = states.map("counts", Customer.class, Long.class);
      again = states.value("last", String.class, "");
    }

    @Override
    public void process(String value, Context<Customer, String> at) {
      at.emit(value);
    }
  }

  private static Job broken() {
    return pipeline -> {
      pipeline
          .source("names", Sources.generate(String.class, 10, Long::toString))
          .keyBy(Customer::new)
          .process("remember", Remember::new)
          .sink("remember", Sinks.print());
      pipeline.source(
          "orders",
          Sources.generate(
              Order.class, 10, index -> new Order("a", new Details(List.<Thread>of()))));
    };
  }

  /** They could not be told apart otherwise. */
  @Test
  void operatorsWithoutANameAreToldByNumberAndLine() {
    Job job =
        pipeline -> {
          Stream<String> names =
              pipeline.source("names", Sources.generate(String.class, 10, Long::toString));
          names.sink("", Sinks.print());
          names
              .keyBy(Customer::new)
              .process(" ", Remember::new)
              .sink("out", Sinks.print())
              .parallelism(0);
          names.sink("", Sinks.print()).parallelism(0);
        };

    assertThat(Plan.of(job).problems())
        .extracting(Problem::where)
        .filteredOn(where -> where.contains("without a name"))
        .allMatch(where -> where.matches("operator number \\d, without a name" + LINE))
        .extracting(where -> where.substring("operator number ".length()).charAt(0))
        .containsExactly('2', '3', '3', '5', '5');
  }

  @Test
  void everyProblemIsToldAtOnceWithNamesAndRemedies() {
    assertThatThrownBy(() -> Headrace.run(broken(), Settings.defaults()))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_JOB))
        .hasMessageContaining("Two of its states are named \"last\"")
        .hasMessageContaining("operator \"remember\": Another operator has the same name")
        .hasMessageContaining("operator \"orders\": Its output goes nowhere")
        .hasMessageContaining("details.threads")
        .hasMessageContaining("Customer")
        .hasMessageContaining("no directory to keep it in");
  }
}
