package io.headrace.codec;

/**
 * The schema of an encoded form.
 *
 * @param json Avro's JSON form, without white space and with names spelled out at their first use
 */
public record Schema(String json) {

  @Override
  public String toString() {
    return json;
  }
}
