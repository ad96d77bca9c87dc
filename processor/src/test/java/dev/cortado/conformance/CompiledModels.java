package dev.cortado.conformance;

import static com.google.testing.compile.Compiler.javac;
import static java.util.stream.Collectors.joining;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** Classes compiled in memory in one go of javac, with the processors given or with none. */
final class CompiledModels extends ClassLoader {
  private final Map<String, byte[]> classes = new HashMap<>();

  private CompiledModels() {
    super(CompiledModels.class.getClassLoader());
  }

  /** Compiles sources, qualified class name to text. */
  static CompiledModels of(Map<String, String> sources, Processor... processors) {
    Compiler compiler =
        javac().withOptions(processors.length == 0 ? List.of("-proc:none") : List.of());
    if (processors.length > 0) {
      compiler = compiler.withProcessors(processors);
    }
    List<JavaFileObject> files =
        sources.entrySet().stream()
            .map(entry -> JavaFileObjects.forSourceString(entry.getKey(), entry.getValue()))
            .toList();
    Compilation compilation = compiler.compile(files);
    if (compilation.status() == Compilation.Status.FAILURE) {
      throw new AssertionError(
          compilation.errors().stream().map(Object::toString).collect(joining("\n")));
    }
    CompiledModels models = new CompiledModels();
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        models.add(file);
      }
    }
    return models;
  }

  private void add(JavaFileObject file) {
    String path = file.toUri().getPath();
    String root = "/" + StandardLocation.CLASS_OUTPUT + "/";
    String name = path.substring(root.length(), path.length() - ".class".length());
    try (InputStream in = file.openInputStream()) {
      classes.put(name.replace('/', '.'), in.readAllBytes());
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }
}
