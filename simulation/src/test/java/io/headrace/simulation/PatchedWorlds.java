package io.headrace.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Runs worlds in which some classes of the project are changed: compiled anew, loaded apart. */
final class PatchedWorlds extends ClassLoader {

  private final Map<String, byte[]> patched;

  private PatchedWorlds(Map<String, byte[]> patched) {
    super(PatchedWorlds.class.getClassLoader());
    this.patched = patched;
  }

  static PatchedWorlds of(List<Patch> patches) throws IOException {
    return new PatchedWorlds(compile(patches));
  }

  /** Runs the world of a seed. Throws what it throws. Returns how many crashes it had. */
  int run(long seed) throws Throwable {
    Class<?> world = loadClass("io.headrace.simulation.World");
    try {
      Object history =
          world.getMethod("run").invoke(world.getConstructor(long.class).newInstance(seed));
      return ((List<?>) history.getClass().getMethod("hits").invoke(history)).size();
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      if (!name.startsWith("io.headrace.")) {
        return super.loadClass(name, resolve);
      }
      byte[] bytes = patched.containsKey(name) ? patched.get(name) : original(name);
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private byte[] original(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  private static Map<String, byte[]> compile(List<Patch> patches) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    List<JavaFileObject> sources = new ArrayList<>();
    Map<String, String> texts = new TreeMap<>();
    for (Patch patch : patches) {
      String before = texts.getOrDefault(patch.className(), patch.unchanged());
      texts.put(patch.className(), patch.apply(before));
    }
    texts.forEach((className, text) -> sources.add(source(className, text)));
    try (JavaFileManager files = collecting(compiler, classes)) {
      List<String> options =
          List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
      if (!compiler.getTask(null, files, null, options, null, sources).call()) {
        throw new IllegalStateException("a patch does not compile: " + patches);
      }
    }
    Map<String, byte[]> bytes = new HashMap<>();
    classes.forEach((name, out) -> bytes.put(name, out.toByteArray()));
    return bytes;
  }

  private static JavaFileManager collecting(
      JavaCompiler compiler, Map<String, ByteArrayOutputStream> classes) {
    return new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
      @Override
      public JavaFileObject getJavaFileForOutput(
          Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
        return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
          @Override
          public OutputStream openOutputStream() {
            return classes.computeIfAbsent(name, any -> new ByteArrayOutputStream());
          }
        };
      }
    };
  }

  private static JavaFileObject source(String className, String text) {
    URI uri = URI.create("mem:///" + className.replace('.', '/') + ".java");
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
