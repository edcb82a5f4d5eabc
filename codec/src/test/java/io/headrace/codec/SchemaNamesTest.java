package io.headrace.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.TypeToken;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in a schema are legal, and different for different types, whatever stands around them. */
final class SchemaNamesTest {

  static final class Same {
    record Inner(int value) {}

    private Same() {}
  }

  record Same_Inner(String value) {}

  record Both(Same.Inner one, Same_Inner other, Same.Inner again) {}

  record One(Same_Inner other) {}

  record Of<T>(T value) {}

  record Size$(int he$ight, int he_ight, Sign sign) {}

  enum Sign {
    A$,
    A_,
    A_$
  }

  private static List<String> namesOfFields(Type type) {
    return parse(type).getFields().stream()
        .map(Field::schema)
        .map(each -> each.getFullName().replace("io.headrace.codec.SchemaNamesTest_", ""))
        .toList();
  }

  private static Schema parse(Type type) {
    return new Parser().parse(Codecs.of(type).schema().json());
  }

  @Test
  void typesWhoseNamesLookAlikeAreToldApart() {
    assertThat(namesOfFields(Both.class))
        .containsExactly("Same_Inner", "Same_____Inner", "Same_Inner");
  }

  @Test
  void aTypeHasTheSameNameWhateverStandsAroundIt() {
    assertThat(namesOfFields(One.class)).containsExactly("Same_____Inner");
  }

  @Test
  void typeArgumentsThatLookAlikeAreToldApart() {
    assertThat(
            List.of(
                parse(new TypeToken<Of<Same.Inner>>() {}.type()).getName(),
                parse(new TypeToken<Of<Same_Inner>>() {}.type()).getName(),
                parse(new TypeToken<Of<Zoo.Pair<Long, long[]>>>() {}.type()).getName(),
                parse(new TypeToken<Of<Map<String, List<Long>>>>() {}.type()).getName()))
        .containsExactly(
            "SchemaNamesTest_Of___io__headrace__codec__SchemaNamesTest_Same_Inner",
            "SchemaNamesTest_Of___io__headrace__codec__SchemaNamesTest_Same_____Inner",
            "SchemaNamesTest_Of___io__headrace__codec__Zoo_Pair___java__lang__Long_______002c"
                + "______long",
            "SchemaNamesTest_Of___java__util__Map___java__lang__String____java__util__List"
                + "___java__lang__Long");
  }

  @Test
  void fieldsAndConstantsAreToldApart() {
    Schema schema = parse(Size$.class);

    assertThat(schema.getName()).isEqualTo("SchemaNamesTest_Size_______0024");
    assertThat(schema.getFields().stream().map(Field::name))
        .containsExactly("he__0024ight", "he_ight", "sign");
    assertThat(schema.getField("sign").schema().getEnumSymbols())
        .containsExactly("A__0024", "A__005f", "A__005f__0024");
  }

  @Test
  void allWordsHaveDifferentLegalNames() {
    Map<String, String> wordsByName = new HashMap<>();
    Map<String, String> textsByName = new HashMap<>();
    for (String text : texts(6)) {
      assertNew(wordsByName, SchemaNames.ofMember(text), text);
      assertNew(textsByName, SchemaNames.simple(text), text);
    }
    assertThat(wordsByName).hasSizeGreaterThan(50_000);
  }

  private static void assertNew(Map<String, String> known, String name, String text) {
    assertThat(name).as(text).matches("[A-Za-z_][A-Za-z0-9_]*").isNotEqualTo("_");
    assertThat(known.put(name, text)).as(name + " of " + text).isNull();
  }

  /** All short texts that begin as a name does. */
  private static List<String> texts(int length) {
    List<String> all = new java.util.ArrayList<>(List.of("a", "_", "$", "é"));
    int from = 0;
    for (int i = 1; i < length; i++) {
      int to = all.size();
      for (int at = from; at < to; at++) {
        for (char next : "a5$_.<é".toCharArray()) {
          all.add(all.get(at) + next);
        }
      }
      from = to;
    }
    return all;
  }

  @Test
  void aClassWithoutPackageHasANamespaceOfItsOwn(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("Zoo_Circle.java");
    Files.writeString(source, "public record Zoo_Circle(String name) {}");
    compile(source);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Class<?> unnamed = loader.loadClass("Zoo_Circle");
      Type pair = TypeToken.generic(Zoo.Pair.class, Zoo.Circle.class, unnamed).type();

      assertThat(namesOfFields(pair))
          .containsExactly("io.headrace.codec.Zoo_Circle", "unnamed_.Zoo_____Circle");
    }
  }

  private static void compile(Path source) throws IOException {
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
        .isZero();
  }
}
