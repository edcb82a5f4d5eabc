package io.headrace.codec;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** A codec that can be a part of another, also of itself. */
interface PartCodec<T> extends Codec<T> {

  /** Appends the schema, or the name of one that was appended before. */
  void schema(SchemaWriter out);

  /**
   * Whether values are immutable by construction. Not before the codec is complete.
   *
   * @param seen the codecs that are being asked already
   */
  boolean isImmutable(Set<Object> seen);

  /**
   * Whether values take no byte at all, so that nothing would bound how many are read. Not known
   * before the codec is complete.
   */
  default boolean isEmpty() {
    return false;
  }

  @Override
  default Schema schema() {
    SchemaWriter out = new SchemaWriter();
    schema(out);
    return out.schema();
  }

  @Override
  default boolean isImmutable() {
    return isImmutable(Collections.newSetFromMap(new IdentityHashMap<>()));
  }
}
