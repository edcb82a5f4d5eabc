package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Parser;
import org.junit.jupiter.api.Test;

/** Names in a schema are legal, and different for different types. */
final class SchemaNamesTest {

  static final class Same {
    record Inner(int value) {}

    private Same() {}
  }

  record Same_Inner(String value) {}

  record Size$(int he$ight, Same.Inner one, Same_Inner other, Same.Inner again) {}

  @Test
  void typesWhoseNamesBecomeAlikeAreToldApart() {
    org.apache.avro.Schema schema = new Parser().parse(Codecs.of(Size$.class).schema().json());

    List<String> types =
        schema.getFields().stream().map(Field::schema).map(each -> each.getName()).toList();

    assertThat(types)
        .containsExactly(
            "int",
            "SchemaNamesTest_Same_Inner",
            "SchemaNamesTest_Same_Inner_2",
            "SchemaNamesTest_Same_Inner");
    assertThat(schema.getName()).isEqualTo("SchemaNamesTest_Size_");
    assertThat(schema.getFields().get(0).name()).isEqualTo("he_ight");
  }
}
