package uk.ac.manchester.tornado.api.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The bytecode of a kernel: what TornadoVM compiles, and cannot compile. */
final class KernelCode {
  private static final int MOST_PARAMETERS = 20;

  private static final Map<String, KernelCode> KNOWN = new ConcurrentHashMap<>();

  private final String name;
  private final CodeModel code;
  private final int parameters;
  private final List<Access> accesses;

  private KernelCode(MethodModel method) {
    this.name = method.methodName().stringValue();
    this.code = method.code().orElseThrow();
    MethodTypeDesc type = method.methodTypeSymbol();
    this.parameters = type.parameterCount();
    if (code.findAttribute(java.lang.classfile.Attributes.localVariableTable()).isEmpty()) {
      throw new TornadoRuntimeException(
          "NullPointerException: " + name + " has no local-variable table; compile with -g");
    }
    Simulation simulation = new Simulation(name, parameters);
    simulation.run(code);
    this.accesses = simulation.accesses();
  }

  static KernelCode of(Serializable lambda) {
    SerializedLambda method = serialized(lambda);
    ClassLoader loader = lambda.getClass().getClassLoader();
    String key =
        System.identityHashCode(loader) + method.getImplClass() + method.getImplMethodName();
    return KNOWN.computeIfAbsent(key, k -> read(loader, method));
  }

  private static KernelCode read(ClassLoader loader, SerializedLambda lambda) {
    String file = lambda.getImplClass() + ".class";
    try (InputStream in = loader.getResourceAsStream(file)) {
      if (in == null) {
        throw new TornadoRuntimeException("no class file " + file);
      }
      ClassModel model = ClassFile.of().parse(in.readAllBytes());
      MethodModel method =
          model.methods().stream()
              .filter(m -> m.methodName().equalsString(lambda.getImplMethodName()))
              .findFirst()
              .orElseThrow();
      return new KernelCode(method);
    } catch (IOException e) {
      throw new TornadoRuntimeException("unreadable: " + file, e);
    }
  }

  private static SerializedLambda serialized(Serializable lambda) {
    try {
      Method replace = lambda.getClass().getDeclaredMethod("writeReplace");
      replace.setAccessible(true);
      return (SerializedLambda) replace.invoke(lambda);
    } catch (ReflectiveOperationException e) {
      throw new TornadoRuntimeException("a task must be a method reference", e);
    }
  }

  /** Refuses what TornadoVM would refuse, or compile to something wrong. */
  KernelCode check(int arguments) {
    if (parameters > MOST_PARAMETERS) {
      throw new TornadoRuntimeException(name + " has more than 20 parameters");
    }
    if (parameters != arguments) {
      throw new TornadoRuntimeException(name + " takes " + parameters + ", got " + arguments);
    }
    if (!name.matches("task[A-Z]\\w*")) {
      throw new TornadoRuntimeException(name + " may be a word of OpenCL");
    }
    return this;
  }

  List<Access> accesses() {
    return accesses;
  }
}
