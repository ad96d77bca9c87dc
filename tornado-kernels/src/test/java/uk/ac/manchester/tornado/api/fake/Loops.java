package uk.ac.manchester.tornado.api.fake;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * Refuses loops that were seen to go wrong on a device without a word: TornadoVM 5.2.0 leaves the
 * loop out, or never leaves it, where its condition branches; PoCL 3.1 stores elements that a
 * condition excludes where a loop's length depends on the item and there are barriers.
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
   * @param byLane the branches that items of a group may take differently
   */
  static void check(String kernel, CodeModel code, Set<BranchInstruction> byLane, Called called) {
    Loops loops = new Loops(kernel, code, called);
    boolean barriers =
        loops.code.stream()
            .anyMatch(
                e ->
                    e instanceof InvokeInstruction i && i.name().stringValue().endsWith("Barrier"));
    for (int i = 0; i < loops.code.size(); i++) {
      if (loops.code.get(i) instanceof BranchInstruction back && isGoto(back)) {
        int head = loops.labels.get(back.target());
        if (head < i) {
          BranchInstruction condition = loops.condition(head, i);
          if (barriers && byLane.contains(condition)) {
            throw loops.refused("a loop whose length depends on the item, beside barriers");
          }
        }
      }
    }
  }

  private static boolean isGoto(BranchInstruction branch) {
    return branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W;
  }

  /** The branch that leaves the loop, the first in it. */
  private BranchInstruction condition(int head, int back) {
    for (int i = head; i < back; i++) {
      if (code.get(i) instanceof InvokeInstruction invoke && branches(invoke)) {
        throw refused("a loop's condition calls " + invoke.name() + ", which branches");
      }
      if (code.get(i) instanceof BranchInstruction branch) {
        if (isGoto(branch) || labels.get(branch.target()) < back) {
          throw refused("a loop's condition branches");
        }
        return branch;
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
