package io.headrace.api.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.SinkWriter;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrintSinkTest {

  @Test
  void whatACheckpointCoversIsPrintedEvenIfTheStreamHoldsItBack() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream buffered =
        new PrintStream(new BufferedOutputStream(printed), false, StandardCharsets.UTF_8);
    ConnectorContext context = new ConnectorContext("job", "here", "out", 0, 1, Clock.system());
    SinkWriter<Integer, String> writer = new PrintSink<Integer>(buffered).openWriter(context);
    writer.write(1);
    writer.write(2);

    assertThat(writer.prepare(new CheckpointId(1)).makeDurable()).isEmpty();

    assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("1\n2\n");
  }
}
