package io.headrace.simulation.disk;

/** A change of the content of a file that is not durable yet. */
sealed interface ContentChange {

  void applyTo(Content content);

  /** A write; the bytes are never changed. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Written(int offset, byte[] bytes) implements ContentChange {

    @Override
    public void applyTo(Content content) {
      content.write(offset, bytes, 0, bytes.length);
    }
  }

  /** A change of the size alone. */
  record Resized(int size) implements ContentChange {

    @Override
    public void applyTo(Content content) {
      content.resize(size);
    }
  }
}
