package io.headrace.state;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Loads the classes of the project apart. In those of the codec and of state, a call of {@link
 * Allocations#next} stands before everything that allocates: objects, arrays, lambdas, and calls of
 * the JDK that make or grow something. Not before that of class initializers, which run once.
 */
final class FailingClasses extends ClassLoader {

  private static final String ALLOCATIONS = Type.getInternalName(Allocations.class);

  /** Methods of the JDK that allocate, be it now and then. */
  private static final Set<String> ALLOCATING =
      Set.of(
          "add",
          "addAll",
          "allocate",
          "clone",
          "computeIfAbsent",
          "copyOf",
          "copyOfRange",
          "encode",
          "formatted",
          "getBytes",
          "of",
          "ofNullable",
          "put",
          "toArray",
          "toList",
          "valueOf");

  FailingClasses() {
    super(FailingClasses.class.getClassLoader());
  }

  /** Runs a class of tests, made without parameters, with classes whose allocations may fail. */
  static void run(Class<? extends Runnable> test) throws ReflectiveOperationException {
    Class<?> apart = new FailingClasses().loadClass(test.getName());
    Constructor<?> constructor = apart.getDeclaredConstructor();
    constructor.setAccessible(true); // It is of the same package, but of another loader.
    ((Runnable) constructor.newInstance()).run();
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
      byte[] bytes = read(name);
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private byte[] read(String name) throws ClassNotFoundException {
    URL url = getParent().getResource(name.replace('.', '/') + ".class");
    if (url == null) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = url.openStream()) {
      boolean isTest = url.getPath().contains("/test-classes/");
      boolean isOfStateOrCodec =
          name.startsWith("io.headrace.state.") || name.startsWith("io.headrace.codec.");
      return isOfStateOrCodec && !isTest ? failing(in.readAllBytes()) : in.readAllBytes();
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  private static byte[] failing(byte[] original) {
    ClassReader reader = new ClassReader(original);
    ClassWriter writer = new ClassWriter(reader, 0); // A call without operands changes no frame.
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor method =
                super.visitMethod(access, name, descriptor, signature, exceptions);
            return name.equals("<clinit>") ? method : new Counting(method);
          }
        },
        0);
    return writer.toByteArray();
  }

  /** Puts the calls into a method. */
  private static final class Counting extends MethodVisitor {

    Counting(MethodVisitor method) {
      super(Opcodes.ASM9, method);
    }

    private void count() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, ALLOCATIONS, "next", "()V", false);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (opcode == Opcodes.ANEWARRAY) {
        count();
      }
      super.visitTypeInsn(opcode, type);
      if (opcode == Opcodes.NEW) { // Behind it: frames tell an object by the place of its NEW.
        count();
      }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      if (opcode == Opcodes.NEWARRAY) {
        count();
      }
      super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      count();
      super.visitMultiANewArrayInsn(descriptor, dimensions);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      count();
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      boolean isOfJdk = owner.startsWith("java/") || owner.startsWith("[");
      if (isOfJdk && ALLOCATING.contains(name)) {
        count();
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }
  }
}
