package io.headrace.codec;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A record, component by component. Complete once its components are known: it may hold itself. */
final class RecordCodec implements PartCodec<Object> {

  private final Type type;
  private final RecordMembers members;
  private final List<String> fields = new ArrayList<>();
  private final PartCodec<Object>[] codecs;
  private boolean isComplete;
  private boolean isEmpty;
  private Optional<WordLayout<Object>> words = Optional.empty();

  @SuppressWarnings({"unchecked", "rawtypes"}) // Arrays have no type arguments.
  RecordCodec(Type type, RecordMembers members) {
    this.type = type;
    this.members = members;
    this.codecs = new PartCodec[members.count()];
  }

  /** Finds the codecs of the components, once this can be found as part of itself. */
  @SuppressWarnings("unchecked") // The codec of a component encodes components.
  void complete(CodecBuilder builder, String path) {
    RecordComponent[] components = Types.raw(type).getRecordComponents();
    Map<TypeVariable<?>, Type> variables = Types.variables(type);
    for (int i = 0; i < components.length; i++) {
      fields.add(SchemaNames.ofMember(components[i].getName()));
      Type component = Types.resolve(components[i].getGenericType(), variables);
      codecs[i] =
          (PartCodec<Object>)
              builder.part(component, path.concat(".").concat(components[i].getName()));
    }
    isComplete = true;
    isEmpty = Arrays.stream(codecs).allMatch(PartCodec::isEmpty);
    words = RecordWords.of(type, members, List.of(codecs));
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public void schema(SchemaWriter out) {
    out.struct(SchemaNames.of(type), fields, List.of(codecs));
  }

  /** Not known before the codec is complete, and false then. */
  @Override
  public boolean isImmutable(Set<Object> seen) {
    return isComplete
        && (!seen.add(this) || Arrays.stream(codecs).allMatch(each -> each.isImmutable(seen)));
  }

  @Override
  public boolean isEmpty() {
    return isEmpty;
  }

  @Override
  public void encode(Object value, Encoder out) {
    Object owner = members.own(value);
    out.descend();
    for (int i = 0; i < codecs.length; i++) {
      try {
        codecs[i].encode(members.read(owner, i), out);
      } catch (UnencodableException unencodable) {
        throw unencodable.within(type.getTypeName(), "." + members.name(i));
      }
    }
    out.ascend();
  }

  @Override
  public Object decode(Decoder in) {
    in.descend();
    Object[] components = new Object[codecs.length];
    for (int i = 0; i < components.length; i++) {
      components[i] = codecs[i].decode(in);
    }
    in.ascend();
    return members.make(components);
  }

  /** None for a record that holds itself: it was not complete when it was asked as a component. */
  @Override
  public Optional<WordLayout<Object>> words() {
    return words;
  }
}
