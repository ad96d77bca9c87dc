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
import org.jspecify.annotations.Nullable;

/**
 * One kernel as it is being printed. Remembers what its text asks for, so that parameters and first
 * lines hold that and nothing else. Sizes change from call to call, and TornadoVM takes scalars for
 * constants: they come in an array.
 */
final class KernelText implements Surroundings {
  private final DeviceLayout layout;
  private final List<LoopVar> around;
  private final List<Atom> symbols = new ArrayList<>();
  private final Names names = new Names();
  private final Map<Atom, String> sizes = new HashMap<>();
  private final Set<Atom> usedSizes = new HashSet<>();
  private final Map<Buffer, String> starts = new LinkedHashMap<>();
  private final Lines startLines = new Lines();
  private final Set<String> arrays = new TreeSet<>();
  private @Nullable Buffer scratch;
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

  /** The buffer that lies in scratch memory, from its start; null for none. */
  void scratch(@Nullable Buffer buffer) {
    scratch = buffer;
  }

  private boolean isScratch(Operand operand) {
    return scratch != null && scratch.equals(operand);
  }

  Names names() {
    return names;
  }

  DeviceDialect dialect() {
    return dialect;
  }

  @Override
  public String array(Operand operand) {
    String array = isScratch(operand) ? "scratch" : layout.array((Buffer) operand);
    arrays.add(array);
    return array;
  }

  @Override
  public String start(Operand operand) {
    Buffer buffer = (Buffer) operand;
    String known = starts.get(buffer);
    if (known == null) {
      Poly start = isScratch(operand) ? Poly.ZERO : layout.start(buffer);
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

  /** The arrays that the text reads or writes, in the order in which kernels take them. */
  List<String> parameters() {
    return DeviceLayout.ARRAYS.stream().filter(arrays::contains).toList();
  }
}
