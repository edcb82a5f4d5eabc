package io.headrace.benchmarks;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes an {@link Order}, its text as Flink writes texts. Public for Flink, which makes it. */
public final class FlinkOrderSerializer extends FlinkRecordSerializer<Order> {

  private static final long serialVersionUID = 1;

  @Override
  public Order createInstance() {
    return new Order("", 0, 0, 0);
  }

  @Override
  public void serialize(Order order, DataOutputView target) throws IOException {
    StringValue.writeString(order.customer(), target);
    target.writeLong(order.cents());
    target.writeInt(order.items());
    target.writeDouble(order.weight());
  }

  @Override
  public Order deserialize(DataInputView source) throws IOException {
    String customer = StringValue.readString(source);
    long cents = source.readLong();
    int items = source.readInt();
    return new Order(customer, cents, items, source.readDouble());
  }

  @Override
  public TypeSerializerSnapshot<Order> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What Flink stores of the serializer: its class. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Order> {

    /** Made by Flink. */
    public Snapshot() {
      super(FlinkOrderSerializer::new);
    }
  }
}
