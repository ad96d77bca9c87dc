package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.shape.Atom;

/** What the text of a kernel finds around it. */
public interface Surroundings {
  /** The name of the array that an operand lies in. */
  String array(Operand operand);

  /** Where in its array an operand begins: a name or a number. */
  String start(Operand operand);

  /** A symbol, or the variable of a loop around the kernel. */
  default String size(Atom atom) {
    return Names.identifier(atom.toString());
  }
}
