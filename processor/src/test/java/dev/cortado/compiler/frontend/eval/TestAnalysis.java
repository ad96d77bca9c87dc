package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.compiler.frontend.Analysis;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Source texts attributed by a plain compiler task; the built-in layers come from their sources, as
 * they come from their records in a real compilation.
 */
final class TestAnalysis implements Analysis {
  private static final Path LAYERS = Path.of("../runtime/src/main/java/dev/cortado/nn");

  private final JavacTask task;
  private final Trees trees;
  private final Types types;
  private final Elements elements;

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String path, String text) {
      super(URI.create(path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Compiles sources, the name of whose public class is read off the text. */
  TestAnalysis(String... sources) {
    List<JavaFileObject> files = new ArrayList<>();
    for (String text : sources) {
      files.add(new Source("user:///" + className(text) + ".java", text));
    }
    files.addAll(layers(String.join(" ", sources)));
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(
                    null,
                    null,
                    problems,
                    List.of("-proc:none", "-implicit:none", "-Xlint:none", "-cp", classPath()),
                    null,
                    files);
    try {
      task.parse();
      var unused = task.analyze();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (var problem : problems.getDiagnostics()) {
      if (problem.getKind() == Diagnostic.Kind.ERROR) {
        throw new AssertionError("the test program is wrong Java: " + problem);
      }
    }
    trees = Trees.instance(task);
    types = task.getTypes();
    elements = task.getElements();
  }

  private static String className(String text) {
    var matcher =
        Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|enum|interface) (\\w+)")
            .matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no class in: " + text);
    }
    return matcher.group(1);
  }

  static String classPath() {
    return Stream.of(Tensor.class, Model.class, NullMarked.class)
        .map(c -> c.getProtectionDomain().getCodeSource().getLocation())
        .map(url -> Path.of(URI.create(url.toString())).toString())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The built-in layers that are mentioned. */
  private static List<JavaFileObject> layers(String text) {
    try (Stream<Path> paths = Files.list(LAYERS)) {
      List<JavaFileObject> files = new ArrayList<>();
      for (Path path : paths.sorted().toList()) {
        String file = path.getFileName().toString();
        if (text.contains(file.replace(".java", "("))) {
          files.add(new Source("library:///" + file, Files.readString(path)));
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Trees trees() {
    return trees;
  }

  @Override
  public Elements elements() {
    return elements;
  }

  @Override
  public Types types() {
    return types;
  }

  @Override
  public @Nullable TypeElement type(String qualifiedName) {
    return elements.getTypeElement(qualifiedName);
  }

  @Override
  public @Nullable TreePath declaration(Element element) {
    return trees.getPath(element);
  }

  @Override
  public boolean ofThisCompilation(CompilationUnitTree unit) {
    return unit.getSourceFile().toUri().getScheme().equals("user");
  }

  @Override
  public boolean isErroneous(TreePath path) {
    return false;
  }
}
