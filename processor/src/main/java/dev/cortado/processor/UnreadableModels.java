package dev.cortado.processor;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import dev.cortado.compiler.frontend.StagingError;
import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.source.SourceAnalysis;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Models that got their API only, because the private compilation found wrong Java in them. javac
 * is about to report the same. Should it accept the class after all and come to generate code for
 * it, a network that cannot work must not pass silently: that is an error, and ours.
 */
final class UnreadableModels implements TaskListener {
  private final ProcessingEnvironment host;
  private final Map<String, String> reasons = new LinkedHashMap<>();
  private boolean listening;

  UnreadableModels(ProcessingEnvironment host) {
    this.host = host;
  }

  void watch(String qualifiedName, StagingError error, SourceAnalysis analysis) {
    if (!listening) {
      JavacTask.instance(host).addTaskListener(this);
      listening = true;
    }
    String reason =
        error.where().stream()
            .flatMap(path -> analysis.javaError(path).stream())
            .findFirst()
            .orElse("no reason known");
    reasons.put(qualifiedName, reason);
  }

  void forget(String qualifiedName) {
    reasons.remove(qualifiedName);
  }

  @Override
  public void started(TaskEvent event) {
    TypeElement type = event.getTypeElement();
    String reason =
        event.getKind() == TaskEvent.Kind.GENERATE && type != null
            ? reasons.remove(type.getQualifiedName().toString())
            : null;
    if (reason != null) {
      host.getMessager()
          .printMessage(
              Diagnostic.Kind.ERROR, Message.UNREADABLE.text(type.getSimpleName(), reason), type);
    }
  }
}
