package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Lines;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The functions of the generated class of the same name: those that a network's kernels call. */
final class DeviceMath {
  private static final String CALL = "DeviceMath.";

  private DeviceMath() {}

  /** The functions that {@code kernels} call, and those that they call. */
  static Lines needed(String kernels) {
    List<String> functions = List.of(Template.text("DeviceMath.txt").split("\n\n"));
    Set<String> names = new LinkedHashSet<>();
    collect(kernels, functions, names);
    Lines lines = new Lines();
    for (String function : functions) {
      if (names.contains(name(function))) {
        lines.add("");
        function.lines().forEach(lines::add);
      }
    }
    return lines;
  }

  private static void collect(String text, List<String> functions, Set<String> names) {
    List<String> found = new ArrayList<>();
    for (String function : functions) {
      if (text.contains(CALL + name(function) + "(") && names.add(name(function))) {
        found.add(function);
      }
    }
    found.forEach(f -> collect(f, functions, names));
  }

  /** The name of the method that a piece of source declares. */
  private static String name(String function) {
    String head = function.substring(function.indexOf("static "));
    String upToParameters = head.substring(0, head.indexOf('('));
    return upToParameters.substring(upToParameters.lastIndexOf(' ') + 1);
  }
}
