package io.headrace.flink.connectors;

import io.headrace.api.Clock;
import io.headrace.api.plan.Node;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.flink.recipe.InPlan;
import io.headrace.flink.recipe.NodeRef;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source of ours as one of Flink's.
 *
 * @param ref to the {@link Node.Source}
 * @param isBounded whether the source has an end
 */
public record SourceAdapter(NodeRef ref, boolean isBounded)
    implements Source<Object, SplitState, EnumeratorState> {

  @Override
  public Boundedness getBoundedness() {
    return isBounded ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @SuppressWarnings("unchecked") // Positions come from the same source.
  private OpenSource source() {
    InPlan<Node.Source> place = ref.resolve(Node.Source.class);
    Node.Source node = place.node();
    io.headrace.api.Source<Object, Object> source =
        (io.headrace.api.Source<Object, Object>) node.source();
    Codec<Object> positions = Codecs.of(source.positionType().type());
    return new OpenSource(
        place.plan().job(),
        ref.recipe().lineage(),
        node,
        source,
        positions,
        Clock.system(),
        place.plan().services().open());
  }

  @Override
  public SplitEnumerator<SplitState, EnumeratorState> createEnumerator(
      SplitEnumeratorContext<SplitState> context) {
    return new EnumeratorAdapter(source(), context, new EnumeratorState(List.of(), List.of()));
  }

  @Override
  public SplitEnumerator<SplitState, EnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<SplitState> context, EnumeratorState checkpoint) {
    return new EnumeratorAdapter(source(), context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<SplitState> getSplitSerializer() {
    return CodecVersionedSerializer.of(SplitState.class);
  }

  @Override
  public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
    return CodecVersionedSerializer.of(EnumeratorState.class);
  }

  @Override
  public SourceReader<Object, SplitState> createReader(SourceReaderContext context) {
    return new ReaderAdapter(source(), context);
  }
}
