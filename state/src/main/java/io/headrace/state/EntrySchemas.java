package io.headrace.state;

import io.headrace.api.TypeToken;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Codecs;
import io.headrace.codec.Schema;
import java.lang.reflect.Type;

/** The schemas of the entries of states, as checkpoints hold them. */
public final class EntrySchemas {

  private EntrySchemas() {}

  /** The schema of the entries of a state with keys of a type. */
  public static Schema of(Type key, StateDeclaration state) {
    return switch (state.kind()) {
      case VALUE, REDUCING, AGGREGATING -> schema(ValueEntry.class, key, state.types().get(0));
      case LIST -> schema(ListEntry.class, key, state.types().get(0));
      case TIMERS -> schema(TimerEntry.class, key);
      case MAP -> map(key, state);
      case BROADCAST -> map(Everywhere.class, state);
    };
  }

  private static Schema map(Type key, StateDeclaration state) {
    return schema(MapEntry.class, key, state.types().get(0), state.types().get(1));
  }

  private static Schema schema(Class<?> entry, Type... arguments) {
    return Codecs.of(TypeToken.generic(entry, arguments).type()).schema();
  }
}
