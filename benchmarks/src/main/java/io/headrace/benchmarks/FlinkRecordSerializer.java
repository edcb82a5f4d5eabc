package io.headrace.benchmarks;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What the serializers of immutable records have in common: nothing is copied or filled anew. */
abstract sealed class FlinkRecordSerializer<T> extends TypeSerializerSingleton<T>
    permits FlinkOrderSerializer, FlinkTotalsSerializer {

  private static final long serialVersionUID = 1;
  private static final int VARIABLE_LENGTH = -1; // what Flink wants to hear

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public T copy(T from, T reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return VARIABLE_LENGTH;
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }
}
