package dev.cortado.compiler.graph;

/** What a tensor's elements are. Everything computed is float; integers come in only as inputs. */
public enum ElementType {
  FLOAT,
  INT,
  /** Class labels: integers that are range-checked against the number of classes before a step. */
  LABEL
}
