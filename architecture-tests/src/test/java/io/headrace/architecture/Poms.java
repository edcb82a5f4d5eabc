package io.headrace.architecture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The dependencies that the core brings into a user's program. */
final class Poms {

  static final List<String> CORE = List.of("api", "codec", "checkpoint", "state", "engine");

  private static final Set<String> ALLOWED = Set.of("org.slf4j:slf4j-api", "org.jspecify:jspecify");

  /** Unpack without checking bounds, or did so until a fork under another name. */
  private static final Set<String> UNSAFE =
      Set.of("org.lz4:lz4-java", "net.jpountz.lz4:lz4", "org.iq80.snappy:snappy");

  /** What users do not get. */
  private static final Set<String> OWN_USE = Set.of("test", "provided");

  private Poms() {}

  /** Dependencies of a module that reach users and are neither ours nor allowed. */
  static List<String> problems(String name, String pom) {
    List<String> problems = new ArrayList<>();
    for (Element dependencies : children(parsed(pom), "dependencies")) {
      for (Element dependency : children(dependencies, "dependency")) {
        String group = text(dependency, "groupId");
        String artifact = group + ":" + text(dependency, "artifactId");
        boolean isOurs = group.equals("io.headrace") || ALLOWED.contains(artifact);
        if (!isOurs && !OWN_USE.contains(text(dependency, "scope"))) {
          problems.add(
              "%s brings %s to every user; do without, or move what needs it to a module of its own"
                  .formatted(name, artifact));
        }
      }
    }
    return problems;
  }

  /** Dependencies of a module, for whatever, that nobody is to have. */
  static List<String> unsafe(String name, String pom) {
    List<String> problems = new ArrayList<>();
    for (Element dependencies : children(parsed(pom), "dependencies")) {
      for (Element dependency : children(dependencies, "dependency")) {
        String artifact = text(dependency, "groupId") + ":" + text(dependency, "artifactId");
        if (UNSAFE.contains(artifact)) {
          problems.add(
              "%s brings %s, which reads beyond its bounds; unpack by other means"
                  .formatted(name, artifact));
        }
      }
    }
    return problems;
  }

  /** The modules that are always built. */
  static List<String> modules(String pom) {
    return children(parsed(pom), "modules").stream()
        .flatMap(modules -> children(modules, "module").stream())
        .map(module -> module.getTextContent().strip())
        .toList();
  }

  /** The names on the module path of all modules that are always built, by module. */
  static Map<String, String> moduleNames(Path root) {
    Map<String, String> names = new TreeMap<>();
    for (String module : modules(Repository.text(root.resolve("pom.xml")))) {
      Element pom = parsed(Repository.text(root.resolve(module).resolve("pom.xml")));
      String name =
          children(pom, "properties").stream()
              .map(properties -> text(properties, "module.name"))
              .findFirst()
              .orElse("");
      names.put(module, name);
    }
    return names;
  }

  /** What a module brings to users beside our own modules, as group:artifact, in order. */
  static List<String> brought(String pom) {
    return children(parsed(pom), "dependencies").stream()
        .flatMap(dependencies -> children(dependencies, "dependency").stream())
        .filter(dependency -> !OWN_USE.contains(text(dependency, "scope")))
        .filter(dependency -> !text(dependency, "groupId").equals("io.headrace"))
        .map(dependency -> text(dependency, "groupId") + ":" + text(dependency, "artifactId"))
        .sorted()
        .toList();
  }

  private static Element parsed(String pom) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(pom.getBytes(StandardCharsets.UTF_8)))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException("This is no pom: " + pom, e);
    }
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getChildNodes();
    for (int i = 0; i < nodes.getLength(); i++) {
      Node node = nodes.item(i);
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static String text(Element parent, String name) {
    return children(parent, name).stream()
        .map(child -> child.getTextContent().strip())
        .findFirst()
        .orElse("");
  }
}
