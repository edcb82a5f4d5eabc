package io.headrace.simulation;

import io.headrace.api.OperatorState;
import io.headrace.checkpoint.Manifest;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.engine.task.PutAside;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * I3: each element of operator state is in a checkpoint once, whatever the parallelisms were.
 *
 * @param positions of the splits of all sources
 * @param written what each sink was given before the checkpoint
 */
record OperatorStateCheck(
    Manifest manifest, Map<String, Long> positions, Map<String, List<Object>> written) {

  private static final Comparator<Line> BY_KEY =
      Comparator.comparing(Line::key).thenComparing(Line::count);

  void ofSources() {
    for (Manifest.Source source : manifest.sources()) {
      long read =
          source.positions().stream()
              .mapToLong(split -> positions.getOrDefault(source.name() + "/" + split.split(), 0L))
              .sum();
      checkSum(source.name(), EventSource.EMITTED, read);
    }
  }

  /** Only where nothing comes twice. */
  void ofOthers() {
    for (Manifest.Connector operator : manifest.connectors()) {
      if (operator.states().stream().anyMatch(each -> each.name().equals(PutAside.COUNT.name()))) {
        long poison = positions.values().stream().mapToLong(Event::poisonBefore).sum();
        boolean takesAllTwice = operator.name().equals(Workload.RULED);
        checkSum(operator.name(), PutAside.COUNT, takesAllTwice ? 2 * poison : poison);
      }
    }
    written.forEach(
        (sink, values) -> {
          checkSum(sink, TallySink.COUNTS, values.size());
          checkMarked(sink, values.stream().map(Line.class::cast).toList());
        });
  }

  private void checkSum(String operator, OperatorState<Long> state, long wanted) {
    long sum = elements(operator, state).stream().mapToLong(Long::longValue).sum();
    Checks.check(
        sum == wanted,
        "I3: operator state %s/%s of checkpoint %s sums up to %s instead of %s",
        operator,
        state.name(),
        manifest.id(),
        sum,
        wanted);
  }

  private void checkMarked(String sink, List<Line> lines) {
    List<Line> wanted = lines.stream().filter(TallySink::isMarked).sorted(BY_KEY).toList();
    List<Line> found = elements(sink, TallySink.MARKED).stream().sorted(BY_KEY).toList();
    Checks.check(
        found.equals(wanted),
        "I3: operator state %s/%s of checkpoint %s is %s instead of %s",
        sink,
        TallySink.MARKED.name(),
        manifest.id(),
        found,
        wanted);
  }

  private <V> List<V> elements(String operator, OperatorState<V> state) {
    Codec<V> codec = Codecs.of(state.type());
    List<V> elements = new ArrayList<>();
    for (Manifest.Connector connector : manifest.connectors()) {
      for (Manifest.OperatorState each : connector.states()) {
        if (connector.name().equals(operator) && each.name().equals(state.name())) {
          each.elements().forEach(bytes -> elements.add(codec.decode(new Decoder(bytes))));
        }
      }
    }
    return elements;
  }
}
