package io.headrace.benchmarks;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes an {@link Event} as two longs. Public, as its snapshot is, because Flink makes them. */
public final class FlinkEventSerializer extends TypeSerializerSingleton<Event> {

  private static final long serialVersionUID = 1;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public Event createInstance() {
    return new Event();
  }

  @Override
  public Event copy(Event from) {
    return copy(from, new Event());
  }

  @Override
  public Event copy(Event from, Event reuse) {
    return reuse.of(from.key(), from.value());
  }

  @Override
  public int getLength() {
    return 2 * Long.BYTES;
  }

  @Override
  public void serialize(Event event, DataOutputView target) throws IOException {
    target.writeLong(event.key());
    target.writeLong(event.value());
  }

  @Override
  public Event deserialize(DataInputView source) throws IOException {
    return deserialize(new Event(), source);
  }

  @Override
  public Event deserialize(Event reuse, DataInputView source) throws IOException {
    long key = source.readLong();
    return reuse.of(key, source.readLong());
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    target.writeLong(source.readLong());
    target.writeLong(source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<Event> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What Flink stores of the serializer: its class. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Event> {

    /** Made by Flink. */
    public Snapshot() {
      super(FlinkEventSerializer::new);
    }
  }
}
