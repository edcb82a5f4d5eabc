package io.headrace.architecture;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.SimpleJavaFileObject;

/** Java source held in memory, for the compiler. */
final class SourceText extends SimpleJavaFileObject {

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:\\w+ )*(?:class|interface|record|enum) (\\w+)");

  private final String text;

  SourceText(String name, String text) {
    super(URI.create("memory:///" + name), Kind.SOURCE);
    this.text = text;
  }

  /** Takes the name of the file from the package and the first type in the text. */
  static SourceText named(String text) {
    return new SourceText(
        find(PACKAGE, text).replace('.', '/') + "/" + find(TYPE, text) + ".java", text);
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("Found no " + pattern + " in: " + text);
    }
    return matcher.group(1);
  }
}
