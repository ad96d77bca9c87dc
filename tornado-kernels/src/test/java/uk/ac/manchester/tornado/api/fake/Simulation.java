package uk.ac.manchester.tornado.api.fake;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * Follows a kernel's bytecode to see which parameters it reads and writes as arrays, and which
 * branches depend on the work item, and refuses instructions that TornadoVM compiles wrongly or not
 * at all. The stack holds the number of a parameter, {@link #LANE} for what follows from the item's
 * place in its group, or {@link #OTHER}.
 */
final class Simulation {
  private static final int OTHER = -1;
  private static final int LANE = -2;

  /** What may be called. Functions in double precision are not among it. */
  private static final Set<String> CALLED =
      Set.of(
          "java/lang/Math.max(FF)F",
          "java/lang/Math.min(FF)F",
          "java/lang/Math.max(II)I",
          "java/lang/Math.min(II)I",
          "java/lang/Integer.intValue()I",
          "dev/cortado/kernel/RandomNumbers.key(IIIII)I",
          "dev/cortado/kernel/RandomNumbers.uniform(II)F");

  /** What a context says that differs among the items of a group. */
  private static final Set<String> ITEM = Set.of("localIdx", "globalIdx");

  private final String name;
  private final Access[] accesses;
  private final Map<Label, List<Integer>> atLabels = new HashMap<>();
  private final Set<Integer> lanes = new HashSet<>();
  private final Set<BranchInstruction> byLane = new HashSet<>();
  private List<Integer> stack = new ArrayList<>();

  /** Where the branches by item that lie around an instruction lead to, when they are taken. */
  private final List<Label> around = new ArrayList<>();

  private boolean nestedStores;

  Simulation(String name, int parameters) {
    this.name = name;
    this.accesses = new Access[parameters];
    Arrays.fill(accesses, Access.NONE);
  }

  List<Access> accesses() {
    return List.of(accesses);
  }

  /** The branches that items of a group may take differently. */
  Set<BranchInstruction> byLane() {
    return byLane;
  }

  /** Whether something is stored below two conditions or more that depend on the item. */
  boolean storesBelowNestedConditions() {
    return nestedStores;
  }

  void run(CodeModel code) {
    for (CodeElement element : code) {
      switch (element) {
        case LabelTarget target -> {
          stack = new ArrayList<>(atLabels.getOrDefault(target.label(), stack));
          around.removeIf(target.label()::equals);
        }
        case Instruction instruction -> step(instruction);
        default -> {}
      }
    }
  }

  private void step(Instruction instruction) {
    switch (instruction) {
      case LoadInstruction load -> {
        narrow(load.typeKind());
        push(
            lanes.contains(load.slot())
                ? LANE
                : load.slot() < accesses.length ? load.slot() : OTHER);
      }
      case StoreInstruction store -> {
        narrow(store.typeKind());
        if (pop(1) == LANE) {
          lanes.add(store.slot());
        } else {
          lanes.remove(store.slot());
        }
      }
      case ConstantInstruction constant -> {
        narrow(constant.typeKind());
        push(OTHER);
      }
      case ArrayLoadInstruction load -> {
        narrow(load.typeKind());
        pop(1);
        touch(pop(1), Access.READ_ONLY);
        push(OTHER);
      }
      case ArrayStoreInstruction store -> {
        narrow(store.typeKind());
        pop(2);
        int array = pop(1);
        touch(array, Access.WRITE_ONLY);
        nestedStores |= array >= 0 && around.size() > 1;
      }
      case OperatorInstruction operator -> operate(operator);
      case ConvertInstruction convert -> {
        narrow(convert.fromType());
        narrow(convert.toType());
        push(pop(1) == LANE ? LANE : OTHER);
      }
      case FieldInstruction field -> {
        if (field.opcode() != Opcode.GETFIELD) {
          throw refused("a static field, or a field that is written: " + field.name());
        }
        pop(1);
        push(ITEM.contains(field.name().stringValue()) ? LANE : OTHER);
      }
      case InvokeInstruction invoke -> invoke(invoke);
      case BranchInstruction branch -> branch(branch);
      case StackInstruction moved -> move(moved);
      case NewPrimitiveArrayInstruction array -> {
        pop(1);
        push(OTHER);
      }
      case ReturnInstruction r -> stack.clear();
      case IncrementInstruction i -> {}
      case NopInstruction n -> {}
      default -> throw refused(instruction.opcode().name());
    }
  }

  private void operate(OperatorInstruction operator) {
    narrow(operator.typeKind());
    switch (operator.opcode()) {
      case IUSHR -> throw refused(">>> compiles to a signed shift");
      case FREM -> throw refused("a remainder of floats");
      case ARRAYLENGTH -> {
        pop(1);
        push(OTHER);
      }
      case INEG, FNEG -> push(lane(1));
      default -> push(lane(2));
    }
  }

  private void invoke(InvokeInstruction invoke) {
    String owner = invoke.owner().asInternalName();
    if (owner.endsWith("arrays/FloatArray")) {
      boolean writes = invoke.name().equalsString("set");
      pop(invoke.typeSymbol().parameterCount());
      touch(pop(1), writes ? Access.WRITE_ONLY : Access.READ_ONLY);
      if (!writes) {
        push(OTHER);
      }
      return;
    }
    String called = owner + "." + invoke.name().stringValue() + invoke.type().stringValue();
    boolean allowed =
        CALLED.contains(called)
            || owner.endsWith("/math/TornadoMath")
            || owner.endsWith("$DeviceMath")
            || owner.endsWith("api/KernelContext");
    if (!allowed) {
      throw refused("a call of " + called);
    }
    int taken =
        invoke.typeSymbol().parameterCount() + (invoke.opcode() == Opcode.INVOKESTATIC ? 0 : 1);
    int result = lane(taken);
    if (!invoke.typeSymbol().returnType().descriptorString().equals("V")) {
      push(result);
    }
  }

  private void branch(BranchInstruction branch) {
    switch (branch.opcode()) {
      case GOTO, GOTO_W -> {}
      case IFEQ, IFNE, IFLT, IFLE, IFGT, IFGE -> decide(branch, 1);
      default -> decide(branch, 2);
    }
    atLabels.putIfAbsent(branch.target(), new ArrayList<>(stack));
  }

  private void decide(BranchInstruction branch, int operands) {
    if (lane(operands) == LANE) {
      byLane.add(branch);
      around.add(branch.target());
    }
  }

  private void move(StackInstruction moved) {
    switch (moved.opcode()) {
      case DUP -> push(stack.getLast());
      case DUP2 -> {
        int size = stack.size();
        stack.addAll(List.copyOf(stack.subList(size - 2, size)));
      }
      case POP -> pop(1);
      case DUP_X1 -> stack.add(stack.size() - 2, stack.getLast());
      case DUP_X2 -> stack.add(stack.size() - 3, stack.getLast());
      default -> throw refused(moved.opcode().name());
    }
  }

  private void push(int value) {
    stack.add(value);
  }

  private int pop(int count) {
    int last = OTHER;
    for (int i = 0; i < count; i++) {
      last = stack.removeLast();
    }
    return last;
  }

  /** Takes operands off; {@link #LANE} when one is. */
  private int lane(int count) {
    int result = OTHER;
    for (int i = 0; i < count; i++) {
      result = pop(1) == LANE ? LANE : result;
    }
    return result;
  }

  private void touch(int parameter, Access access) {
    if (parameter >= 0) {
      accesses[parameter] = accesses[parameter].and(access);
    }
  }

  private void narrow(TypeKind kind) {
    if (kind == TypeKind.DOUBLE || kind == TypeKind.LONG) {
      throw refused("64 bits, which many devices lack or are slow at");
    }
  }

  private TornadoRuntimeException refused(String what) {
    return new TornadoRuntimeException(name + ": " + what);
  }
}
