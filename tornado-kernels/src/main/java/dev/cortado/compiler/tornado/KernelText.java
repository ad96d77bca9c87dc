package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Integers;
import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.emit.Names;
import dev.cortado.compiler.emit.Surroundings;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One kernel as it is being printed. Remembers what its text asks for, so that parameters and first
 * lines hold that and nothing else. Sizes change from call to call, and TornadoVM takes scalars for
 * constants: they come in an array.
 */
final class KernelText implements Surroundings {
  /** So many, with all arrays and a context, are no more parameters than TornadoVM takes. */
  private static final int MOST_STARTS = 8;

  private final DeviceLayout layout;
  private final List<LoopVar> around;
  private final List<Atom> symbols = new ArrayList<>();
  private final Names names = new Names();
  private final Map<Atom, String> sizes = new HashMap<>();
  private final Set<Atom> usedSizes = new HashSet<>();
  private final Map<Buffer, String> starts = new LinkedHashMap<>();
  private final Lines startLines = new Lines();
  private final Set<String> arrays = new TreeSet<>();
  private final Map<Buffer, String> bases = new HashMap<>();
  private final List<Task.Start> handed = new ArrayList<>();
  private final Map<Operand, String> own = new HashMap<>();
  private final DeviceDialect dialect = new DeviceDialect();
  private final Integers integers = new Integers(this::size, a -> true, "", "DeviceMath");

  /**
   * @param around variables of the loops around a recurrence's step, outermost first
   * @param reserved names that the kernel uses for something
   */
  KernelText(DeviceLayout layout, List<LoopVar> around, Collection<String> reserved) {
    this.layout = layout;
    this.around = around;
    names.reserve(reserved);
    names.reserve(DeviceLayout.ARRAYS).reserve("context");
    layout.sizes().forEach(symbols::add);
    for (Atom symbol : symbols) {
      sizes.put(symbol, names.unique(symbol.toString()));
    }
    for (LoopVar var : around) {
      sizes.put(var, names.unique(var.name()));
    }
  }

  /** A buffer that is an array of its own, from its start. */
  void own(Buffer buffer, String array) {
    own.put(buffer, array);
  }

  Names names() {
    return names;
  }

  DeviceDialect dialect() {
    return dialect;
  }

  @Override
  public String array(Operand operand) {
    String known = own.get(operand);
    String array = known != null ? known : layout.array((Buffer) operand);
    arrays.add(array);
    return array;
  }

  @Override
  public String start(Operand operand) {
    Buffer buffer = (Buffer) operand;
    String known = starts.get(buffer);
    if (known == null && !own.containsKey(operand) && buffer.base().inWorkspace()) {
      known = inArena(buffer);
      starts.put(buffer, known);
    } else if (known == null) {
      Poly start = own.containsKey(operand) ? Poly.ZERO : layout.start(buffer);
      known =
          start.isConstant()
              ? String.valueOf(start.constant())
              : names.unique(buffer.name() + "At");
      starts.put(buffer, known);
      if (!start.isConstant()) {
        startLines.add("int " + known + " = " + print(start) + ";");
      }
    }
    return known;
  }

  /**
   * Where a buffer of the arena begins, which is handed in: the kernel then is the same in programs
   * that have it elsewhere.
   */
  private String inArena(Buffer buffer) {
    String base = bases.computeIfAbsent(buffer.base(), this::base);
    Poly more = layout.start(buffer).minus(layout.start(buffer.base()));
    if (more.isZero()) {
      return base;
    }
    String name = names.unique(buffer.name() + "At");
    startLines.add("int " + name + " = " + base + " + " + print(more) + ";");
    return name;
  }

  private String base(Buffer buffer) {
    String name = names.unique(buffer.name() + "At");
    Poly offset = layout.start(buffer);
    if (handed.size() < MOST_STARTS) {
      handed.add(new Task.Start(name, offset));
    } else {
      startLines.add("int " + name + " = " + atMost(offset) + ";");
    }
    return name;
  }

  /** What a size is at most. */
  String atMost(Poly size) {
    int first = symbols.size() + DeviceLayout.SEED_WORDS;
    if (!size.isConstant()) {
      arrays.add("sizes");
    }
    return new Integers(
            a -> "sizes[" + (first + symbols.indexOf(a)) + "]", a -> true, "", "DeviceMath")
        .print(size);
  }

  @Override
  public String size(Atom atom) {
    String name = sizes.get(atom);
    if (name == null) {
      throw new IllegalStateException("not known in a kernel: " + atom);
    }
    usedSizes.add(atom);
    return name;
  }

  String print(Poly p) {
    return integers.print(p);
  }

  String factor(Poly p) {
    return integers.factor(p);
  }

  /** An operand's element at {@code index}, given as text. */
  String element(Buffer operand, String index) {
    String start = start(operand);
    return array(operand) + "[" + (start.equals("0") ? index : start + " + " + index) + "]";
  }

  /** The first lines: sizes, where operands begin, keys of random numbers. */
  Lines declarations() {
    Lines lines = new Lines();
    for (int i = 0; i < symbols.size(); i++) {
      if (usedSizes.contains(symbols.get(i))) {
        lines.add("int " + sizes.get(symbols.get(i)) + " = sizes[" + i + "];");
        arrays.add("sizes");
      }
    }
    for (int i = 0; i < around.size(); i++) {
      if (usedSizes.contains(around.get(i))) {
        lines.add("int " + sizes.get(around.get(i)) + " = places[" + i + "];");
        arrays.add("places");
      }
    }
    lines.addAll(startLines);
    int words = symbols.size();
    for (int stream : dialect.streams()) {
      arrays.add("sizes");
      lines.add(
          "int %s = RandomNumbers.key(sizes[%d], sizes[%d], sizes[%d], sizes[%d], %d);"
              .formatted(
                  DeviceDialect.key(stream), words, words + 1, words + 2, words + 3, stream));
    }
    return lines;
  }

  /** What is handed in of where buffers begin. */
  List<Task.Start> starts() {
    return handed;
  }

  /** The arrays that the text reads or writes, in the order in which kernels take them. */
  List<String> parameters() {
    return DeviceLayout.ARRAYS.stream().filter(arrays::contains).toList();
  }
}
