package dev.cortado.compiler.frontend.source;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.cortado.compiler.frontend.Analysis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The private compilation: analyses the sources of the running one again, without processors and
 * without output, so that bodies have names and types. The running compilation's own trees are
 * never attributed: that crashes javac or makes it reject valid code (lambdas, anonymous classes,
 * uses of generated classes).
 */
public final class SourceAnalysis implements Analysis, AutoCloseable {
  private final StandardJavaFileManager standard;
  private final RecordedSources recorded;
  private final JavacTask task;
  private final Trees trees;
  private final SourcePositions positions;
  private final JavaErrors errors;

  private SourceAnalysis(
      StandardJavaFileManager standard,
      RecordedSources recorded,
      JavacTask task,
      JavaErrors errors) {
    this.standard = standard;
    this.recorded = recorded;
    this.task = task;
    this.trees = Trees.instance(task);
    this.positions = trees.getSourcePositions();
    this.errors = errors;
  }

  /**
   * Analyses sources.
   *
   * @param sources of the running compilation, without module declarations
   * @param topLevelTypes binary names of the classes these sources declare
   */
  public static SourceAnalysis run(
      ProcessingEnvironment host, Collection<JavaFileObject> sources, Set<String> topLevelTypes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaErrors errors = new JavaErrors();
    RecordedSources recorded = new RecordedSources(host.getFiler());
    StandardJavaFileManager standard =
        compiler.getStandardFileManager(errors, Locale.ROOT, StandardCharsets.UTF_8);
    HostClasses classes =
        new HostClasses(
            host.getElementUtils(),
            recorded,
            topLevelTypes,
            new StraySources(sources, topLevelTypes));
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                Writer.nullWriter(),
                new HostFileManager(standard, classes),
                errors,
                options(host),
                null,
                sources.stream().map(file -> new SourceFile(file, null)).toList());
    try {
      task.parse();
      var unused = task.analyze();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SourceAnalysis(standard, recorded, task, errors);
  }

  /**
   * The running compilation's options, as far as the public API tells and bodies depend on them.
   */
  private static List<String> options(ProcessingEnvironment host) {
    List<String> options = new ArrayList<>();
    options.add("-proc:none");
    options.add("-implicit:none");
    options.add("-Xlint:none");
    options.add("-nowarn");
    options.add("-Xmaxerrs");
    options.add(String.valueOf(Integer.MAX_VALUE));
    // Other processors' types may be missing; what does not touch them is analysed all the same.
    options.add("-XDshould-stop.ifError=FLOW");
    options.add("-source");
    options.add(host.getSourceVersion().name().replace("RELEASE_", ""));
    if (host.isPreviewEnabled()) {
      options.add("--enable-preview");
    }
    return options;
  }

  @Override
  public Trees trees() {
    return trees;
  }

  @Override
  public Elements elements() {
    return task.getElements();
  }

  @Override
  public Types types() {
    return task.getTypes();
  }

  @Override
  public @Nullable TypeElement type(String qualifiedName) {
    return task.getElements().getTypeElement(qualifiedName);
  }

  @Override
  public @Nullable TreePath declaration(Element element) {
    return trees.getPath(element);
  }

  @Override
  public boolean ofThisCompilation(CompilationUnitTree unit) {
    return !RecordedFile.is(unit.getSourceFile().toUri());
  }

  @Override
  public boolean isErroneous(TreePath path) {
    return errors.within(file(path), start(path), end(path));
  }

  /** What javac says is wrong inside this tree. */
  public Optional<String> javaError(TreePath path) {
    return errors.text(file(path), start(path), end(path));
  }

  /** Something inside this tree names a type that nobody has written or generated so far. */
  public boolean awaitsType(TreePath path) {
    return errors.unknownTypeWithin(file(path), start(path), end(path));
  }

  private static URI file(TreePath path) {
    return path.getCompilationUnit().getSourceFile().toUri();
  }

  private long start(TreePath path) {
    return positions.getStartPosition(path.getCompilationUnit(), path.getLeaf());
  }

  private long end(TreePath path) {
    return positions.getEndPosition(path.getCompilationUnit(), path.getLeaf());
  }

  @Override
  public void close() {
    recorded.close();
    try {
      standard.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
