package io.headrace.benchmarks;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes {@link Totals} as four words. Public for Flink, which makes it. */
public final class FlinkTotalsSerializer extends FlinkRecordSerializer<Totals> {

  private static final long serialVersionUID = 1;

  @Override
  public Totals createInstance() {
    return Totals.NONE;
  }

  @Override
  public void serialize(Totals totals, DataOutputView target) throws IOException {
    target.writeLong(totals.orders());
    target.writeLong(totals.cents());
    target.writeLong(totals.items());
    target.writeDouble(totals.weight());
  }

  @Override
  public Totals deserialize(DataInputView source) throws IOException {
    long orders = source.readLong();
    long cents = source.readLong();
    long items = source.readLong();
    return new Totals(orders, cents, items, source.readDouble());
  }

  @Override
  public TypeSerializerSnapshot<Totals> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What Flink stores of the serializer: its class. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Totals> {

    /** Made by Flink. */
    public Snapshot() {
      super(FlinkTotalsSerializer::new);
    }
  }
}
