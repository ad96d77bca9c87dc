package uk.ac.manchester.tornado.api.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.classfile.ClassFile;
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

  private KernelCode(MethodModel method, Loops.Called called) {
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
    Loops.check(name, parameters, code, simulation, called);
  }

  static KernelCode of(Serializable lambda) {
    SerializedLambda method = serialized(lambda);
    ClassLoader loader = lambda.getClass().getClassLoader();
    String key =
        System.identityHashCode(loader) + method.getImplClass() + method.getImplMethodName();
    return KNOWN.computeIfAbsent(
        key,
        k ->
            new KernelCode(
                method(method.getImplClass(), method.getImplMethodName()), KernelCode::method));
  }

  /** Reads class files as TornadoVM does: from the class path alone. */
  private static MethodModel method(String type, String name) {
    String file = type + ".class";
    try (InputStream in = ClassLoader.getSystemResourceAsStream(file)) {
      if (in == null) {
        throw new TornadoRuntimeException(
            "[ERROR] Class reader could not be instantiated for class file: " + file);
      }
      return ClassFile.of().parse(in.readAllBytes()).methods().stream()
          .filter(m -> m.methodName().equalsString(name))
          .findFirst()
          .orElseThrow();
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
