package dev.cortado.processor;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import dev.cortado.compiler.emit.Emitter;
import dev.cortado.compiler.frontend.report.Problem;
import dev.cortado.compiler.frontend.report.Reporter;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Hands the class files that javac wrote for generated networks to the emitters, once they are
 * there: how javac was told to write them (with {@code -g} or without) shows nowhere else.
 */
final class WrittenClasses implements TaskListener {
  private final ProcessingEnvironment host;
  private final Stages stages;
  private final Reporter reporter;
  private final Map<String, String> models = new HashMap<>();
  private final Set<Emitter.Complaint> said = new HashSet<>();
  private boolean listening;

  WrittenClasses(ProcessingEnvironment host, Stages stages, Reporter reporter) {
    this.host = host;
    this.stages = stages;
    this.reporter = reporter;
  }

  /** Looks at the classes of these files when they are compiled. */
  void watch(List<GeneratedFile> files, String model) {
    if (!listening) {
      JavacTask.instance(host).addTaskListener(this);
      listening = true;
    }
    files.forEach(f -> models.put(f.name(), model));
  }

  @Override
  public void finished(TaskEvent event) {
    TypeElement type = event.getTypeElement();
    if (event.getKind() != TaskEvent.Kind.GENERATE || type == null) {
      return;
    }
    String binaryName = host.getElementUtils().getBinaryName(type).toString();
    int nested = binaryName.indexOf('$');
    String model = models.get(nested < 0 ? binaryName : binaryName.substring(0, nested));
    TypeElement element = model == null ? null : host.getElementUtils().getTypeElement(model);
    byte[] bytes = element == null ? null : read(type, binaryName);
    if (element != null && bytes != null) {
      stages.inspect(binaryName, bytes).stream()
          .filter(said::add)
          .forEach(c -> reporter.print(Problem.error(c.key(), c.text(), element)));
    }
  }

  /** Null when the compiler's files cannot be read back: it may keep them in memory. */
  private byte @Nullable [] read(TypeElement type, String binaryName) {
    PackageElement in = host.getElementUtils().getPackageOf(type);
    String file = binaryName.substring(binaryName.lastIndexOf('.') + 1) + ".class";
    try (InputStream stream =
        host.getFiler()
            .getResource(StandardLocation.CLASS_OUTPUT, in.getQualifiedName(), file)
            .openInputStream()) {
      return stream.readAllBytes();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
