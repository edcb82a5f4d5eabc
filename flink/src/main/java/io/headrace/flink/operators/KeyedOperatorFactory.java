package io.headrace.flink.operators;

import io.headrace.api.TypeToken;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.flink.recipe.InPlan;
import io.headrace.flink.recipe.NodeRef;
import io.headrace.flink.types.DeclaredTypes;
import io.headrace.flink.types.PortableType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the operator of a {@link Node.KeyedProcess} in each task. */
public final class KeyedOperatorFactory extends AbstractStreamOperatorFactory<Object> {

  private final NodeRef ref;
  private final List<PlanKeySelector> selectors;

  /**
   * The factory of a node.
   *
   * @param selectors of its streams
   */
  public KeyedOperatorFactory(NodeRef ref, List<PlanKeySelector> selectors) {
    this.ref = ref;
    this.selectors = List.copyOf(selectors);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // So Flink declares it.
  public <T extends StreamOperator<Object>> T createStreamOperator(
      StreamOperatorParameters<Object> parameters) {
    InPlan<Node.KeyedProcess> place = ref.resolve(Node.KeyedProcess.class);
    return (T)
        new KeyedOperator(parameters, place, DeclaredTypes.declare(types(place.node())), selectors);
  }

  /** What it stores, and is stored by. */
  private static List<PortableType> types(Node.KeyedProcess node) {
    List<PortableType> types = new ArrayList<>();
    types.add(PortableType.of(node.keyType().orElseThrow()));
    types.add(PortableType.of(Integer.class));
    for (StateDeclaration state : node.states()) {
      state.types().forEach(type -> types.add(PortableType.of(type)));
      if (state.kind() == StateDeclaration.Kind.MAP) {
        types.add(stored(MapSlot.class, state.types().get(1)));
      } else if (state.isBroadcast()) {
        types.add(stored(BroadcastEntry.class, state.types().get(0), state.types().get(1)));
      }
    }
    return types;
  }

  private static PortableType stored(Class<?> record, Type... of) {
    return PortableType.of(TypeToken.generic(record, of).type());
  }

  @Override
  @SuppressWarnings("rawtypes") // So it is declared.
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return KeyedOperator.class;
  }
}
