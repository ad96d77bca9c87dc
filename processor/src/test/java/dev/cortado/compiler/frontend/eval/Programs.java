package dev.cortado.compiler.frontend.eval;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.source.tree.LineMap;
import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.StagingError;
import dev.cortado.compiler.frontend.signature.SignatureReader;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.model.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;

/** Stages the programs of tests. */
public final class Programs {
  private static final String IMPORTS =
      String.join(
          " ",
          "import dev.cortado.*;",
          "import dev.cortado.annotation.*;",
          "import dev.cortado.nn.*;",
          "import static dev.cortado.Ops.*;",
          "import java.util.*;",
          "import java.util.function.*;");

  private Programs() {}

  /** A class {@code M} with these members, all imports on its first line. */
  public static String model(String members) {
    return IMPORTS + "\n@Model\nclass M {\n" + members + "\n}\n";
  }

  /** Stages the class {@code M} of the first source. */
  public static ModelGraph stage(String... sources) {
    TestAnalysis analysis = new TestAnalysis(sources);
    TypeElement model = Objects.requireNonNull(analysis.type("M"));
    var reading = new SignatureReader(analysis.elements(), analysis.types()).read(model);
    if (!reading.problems().isEmpty()) {
      throw new AssertionError(reading.problems());
    }
    Signature signature = Objects.requireNonNull(reading.signature());
    try {
      return Stager.stage(analysis, signature, model);
    } catch (StagingError e) {
      throw new Failed(e, analysis);
    }
  }

  /** What went wrong, with positions as text while the trees are at hand. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final String key;
    final List<String> where = new ArrayList<>();

    Failed(StagingError error, TestAnalysis analysis) {
      super(error.getMessage(), error);
      key = error.key();
      for (TreePath path : error.where()) {
        if (analysis.ofThisCompilation(path.getCompilationUnit())) {
          where.add(position(path, analysis));
        }
      }
    }

    private static String position(TreePath path, TestAnalysis analysis) {
      LineMap lines = path.getCompilationUnit().getLineMap();
      long start =
          analysis
              .trees()
              .getSourcePositions()
              .getStartPosition(path.getCompilationUnit(), path.getLeaf());
      return lines.getLineNumber(start) + ":" + lines.getColumnNumber(start);
    }

    /** The first line of the message. */
    String headline() {
      return String.valueOf(getMessage()).lines().findFirst().orElse("");
    }
  }

  static Failed failure(String... sources) {
    return catchThrowableOfType(Failed.class, () -> stage(sources));
  }

  /** The nodes, one a line: {@code %2 = add(%0, %1) : [N, 4]}. */
  static String print(ModelGraph graph) {
    return graph.graph().nodes().stream().map(Programs::print).collect(Collectors.joining("\n"));
  }

  private static String print(Node node) {
    String inputs =
        node.inputs().isEmpty()
            ? ""
            : node.inputs().stream()
                .map(Object::toString)
                .collect(Collectors.joining(", ", "(", ")"));
    return "%"
        + node.id()
        + " = "
        + node.op().name()
        + inputs
        + " : "
        + node.types().stream().map(t -> t.shape().toString()).collect(Collectors.joining(", "));
  }
}
