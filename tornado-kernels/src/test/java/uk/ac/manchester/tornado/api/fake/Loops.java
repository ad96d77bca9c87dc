package uk.ac.manchester.tornado.api.fake;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * Refuses loops that were seen to go wrong on a device without a word: TornadoVM 5.2.0 leaves the
 * loop out, or never leaves it, where its condition branches, and takes the number of work items
 * for the bound of a parallel loop that is an array's length or a parameter; PoCL 3.1 stores
 * elements that a condition excludes where there are barriers, and conditions are nested or a
 * loop's length depends on the item.
 */
final class Loops {
  /** Where methods that kernels call are found. */
  interface Called {
    MethodModel method(String type, String name);
  }

  private final String kernel;
  private final List<CodeElement> code;
  private final Map<Label, Integer> labels = new HashMap<>();
  private final Called called;

  private Loops(String kernel, CodeModel code, Called called) {
    this.kernel = kernel;
    this.code = code.elementList();
    this.called = called;
    for (int i = 0; i < this.code.size(); i++) {
      if (this.code.get(i) instanceof LabelTarget target) {
        labels.put(target.label(), i);
      }
    }
  }

  /**
   * @param parameters how many there are, in the first slots
   * @param seen what depends on an item of a group
   */
  static void check(String kernel, int parameters, CodeModel code, Simulation seen, Called called) {
    Loops loops = new Loops(kernel, code, called);
    boolean barriers =
        loops.code.stream()
            .anyMatch(
                e ->
                    e instanceof InvokeInstruction i && i.name().stringValue().endsWith("Barrier"));
    if (barriers && seen.storesBelowNestedConditions()) {
      throw loops.refused("nested conditions on the item around what is stored, beside barriers");
    }
    boolean outermost = !barriers;
    for (int i = 0; i < loops.code.size(); i++) {
      if (loops.code.get(i) instanceof BranchInstruction back && isGoto(back)) {
        int head = loops.labels.get(back.target());
        if (head < i) {
          int condition = loops.condition(head, i);
          if (barriers && seen.byLane().contains(loops.code.get(condition))) {
            throw loops.refused("a loop whose length depends on the item, beside barriers");
          }
        }
      }
      if (outermost && loops.code.get(i) instanceof BranchInstruction first && !isGoto(first)) {
        outermost = false;
        loops.checkBound(i, parameters);
      }
    }
  }

  /** The bound is the second operand of the comparison. */
  private void checkBound(int condition, int parameters) {
    CodeElement bound = instruction(condition - 1);
    if (bound instanceof LoadInstruction load && load.slot() >= parameters) {
      for (int i = 0; i < condition; i++) {
        if (code.get(i) instanceof StoreInstruction store && store.slot() == load.slot()) {
          bound = instruction(i - 1);
        }
      }
    }
    boolean length =
        bound instanceof OperatorInstruction operator && operator.opcode() == Opcode.ARRAYLENGTH;
    if (length || (bound instanceof LoadInstruction load && load.slot() < parameters)) {
      throw refused("a parallel loop's bound is an array's length or a parameter");
    }
  }

  /** The instruction there, or the last one before. */
  private CodeElement instruction(int at) {
    int i = at;
    while (!(code.get(i) instanceof Instruction)) {
      i--;
    }
    return code.get(i);
  }

  private static boolean isGoto(BranchInstruction branch) {
    return branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W;
  }

  /** The branch that leaves the loop, the first in it. */
  private int condition(int head, int back) {
    for (int i = head; i < back; i++) {
      if (code.get(i) instanceof InvokeInstruction invoke && branches(invoke)) {
        throw refused("a loop's condition calls " + invoke.name() + ", which branches");
      }
      if (code.get(i) instanceof BranchInstruction branch) {
        if (isGoto(branch) || labels.get(branch.target()) < back) {
          throw refused("a loop's condition branches");
        }
        return i;
      }
    }
    throw refused("a loop without an end");
  }

  private boolean branches(InvokeInstruction invoke) {
    String type = invoke.owner().asInternalName();
    return type.endsWith("$DeviceMath")
        && called
            .method(type, invoke.name().stringValue())
            .code()
            .orElseThrow()
            .elementStream()
            .anyMatch(
                e ->
                    e instanceof BranchInstruction
                        || (e instanceof InvokeInstruction inner && branches(inner)));
  }

  private TornadoRuntimeException refused(String what) {
    return new TornadoRuntimeException(kernel + ": " + what);
  }
}
