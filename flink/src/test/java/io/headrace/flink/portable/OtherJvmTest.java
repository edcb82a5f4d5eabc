package io.headrace.flink.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R23")
class OtherJvmTest {

  private static final int LARGEST = 1 << 26;

  @TempDir Path folder;

  private Path fileOf(int bytes) throws IOException {
    Path file = Files.createFile(folder.resolve("result"));
    try (SeekableByteChannel out = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      out.position(bytes - 1).write(ByteBuffer.wrap(new byte[] {'a'}));
    }
    return file;
  }

  @Test
  void aResultIsReadUpToItsLimit() throws IOException {
    assertThat(OtherJvm.text(fileOf(LARGEST)).length()).isEqualTo(LARGEST);
  }

  @Test
  void aResultOverTheLimitIsRefused() throws IOException {
    Path file = fileOf(LARGEST + 1);

    assertThatThrownBy(() -> OtherJvm.text(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("result has more than 67108864 bytes");
  }
}
