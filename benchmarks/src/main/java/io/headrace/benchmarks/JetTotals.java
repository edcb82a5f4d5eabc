package io.headrace.benchmarks;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;

/** The state of W6 on Jet: is changed in place, as Jet's own accumulators are. One thread. */
final class JetTotals {

  private Totals totals = Totals.NONE;

  /** Adds an order and tells the new totals. */
  Totals add(Order order) {
    totals = totals.plus(order);
    return totals;
  }

  /** Writes them by hand, which beats Jet's own ways. Public for Jet, which makes it. */
  public static final class Serializer implements StreamSerializer<JetTotals> {

    private static final int TYPE = 1;

    /** Made by Jet. */
    public Serializer() {}

    @Override
    public int getTypeId() {
      return TYPE;
    }

    @Override
    public void write(ObjectDataOutput out, JetTotals written) throws IOException {
      Totals totals = written.totals;
      out.writeLong(totals.orders());
      out.writeLong(totals.cents());
      out.writeLong(totals.items());
      out.writeDouble(totals.weight());
    }

    @Override
    public JetTotals read(ObjectDataInput in) throws IOException {
      JetTotals read = new JetTotals();
      read.totals = new Totals(in.readLong(), in.readLong(), in.readLong(), in.readDouble());
      return read;
    }
  }
}
