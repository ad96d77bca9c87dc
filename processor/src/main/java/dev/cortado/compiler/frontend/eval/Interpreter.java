package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.Analysis;
import dev.cortado.compiler.frontend.StagingError;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.model.Signature;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** The parts of the evaluator and what they share while one model is staged. */
final class Interpreter {
  final Analysis analysis;
  final Signature signature;
  final Budget budget = new Budget();
  final Declarations declarations;
  final Conversions conversions;
  final Symbolics symbolics;
  final SourceText source;
  final Level root;
  final FieldTree fields;
  final Names names;
  final Expressions expressions;
  final Operators operators;
  final Variables variables;
  final Statements statements;
  final Switches switches;
  final Patterns patterns;
  final Branches branches;
  final Calls calls;
  final Objects objects;
  final ObjectMethods objectMethods;
  final Statics statics;
  final Platform platform;
  final Functions functions;
  final Operations operations;
  final Layers layers;
  final Parameters parameters;
  final ShapeAssertions shapes;

  /** The graph that operations go into. */
  Level level;

  /** How many functions given to {@code map} are being evaluated. */
  int elementwise;

  /** What is being evaluated, for an internal error. */
  private List<TreePath> here = List.of();

  Interpreter(Analysis analysis, Signature signature, OperationTable table) {
    this.analysis = analysis;
    this.signature = signature;
    declarations = new Declarations(analysis);
    conversions = new Conversions(analysis.types());
    symbolics = new Symbolics(signature.batch());
    source = new SourceText(analysis);
    root = Level.root(new GraphBuilder());
    level = root;
    fields = new FieldTree(declarations);
    names = new Names(fields);
    expressions = new Expressions(this);
    operators = new Operators(this);
    variables = new Variables(this);
    statements = new Statements(this);
    switches = new Switches(this);
    patterns = new Patterns(this);
    branches = new Branches(this);
    calls = new Calls(this);
    objects = new Objects(this);
    objectMethods = new ObjectMethods(this);
    statics = new Statics(this);
    platform = new Platform(this);
    functions = new Functions(this);
    operations = new Operations(this, table);
    layers = new Layers(this);
    parameters = new Parameters(this);
    shapes = new ShapeAssertions(this);
  }

  Val eval(TreePath path, Frame frame) {
    return expressions.eval(path, frame);
  }

  Val eval(TreePath parent, ExpressionTree tree, Frame frame) {
    return expressions.eval(new TreePath(parent, tree), frame);
  }

  Completion run(TreePath parent, StatementTree tree, Frame frame) {
    return statements.run(new TreePath(parent, tree), frame);
  }

  /** What a name or call refers to. Where javac found none it has said so itself. */
  Element element(TreePath path) {
    Element element = analysis.trees().getElement(path);
    if (element == null) {
      throw StagingError.javac(path);
    }
    return element;
  }

  @Nullable TypeMirror type(TreePath path) {
    return analysis.trees().getTypeMirror(path);
  }

  TypeMirror typeOf(TreePath parent, Tree tree) {
    TreePath path = new TreePath(parent, tree);
    TypeMirror type = type(path);
    if (type == null) {
      throw StagingError.javac(path);
    }
    return type;
  }

  /** Counts one step of evaluation. */
  void step(TreePath path, Frame frame) {
    if (!budget.step()) {
      throw Failures.at(
          path,
          frame,
          "budget",
          "evaluating this model at compile time takes more than "
              + Budget.STEPS
              + " steps; is there a loop that does not end? A recurrence over a dimension is"
              + " scan(step, state, xs, dim)");
    }
  }

  void at(TreePath path, Frame frame) {
    here = frame.trace(path);
  }

  List<TreePath> here() {
    return here;
  }
}
