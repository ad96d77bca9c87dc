package dev.cortado.examples;

import java.util.List;

/** A program's arguments: {@code --name value} and {@code --name} alone. */
record Flags(List<String> arguments) {
  boolean has(String name) {
    return arguments.contains(name);
  }

  int number(String name, int otherwise) {
    return has(name) ? Integer.parseInt(value(name, "a number")) : otherwise;
  }

  /**
   * The value behind a name.
   *
   * @param meaning what is to stand there, for the message when it does not
   */
  String value(String name, String meaning) {
    int at = arguments.indexOf(name);
    if (at < 0 || at + 1 == arguments.size()) {
      System.err.println("expected " + name + " and " + meaning + ", but got " + arguments);
      System.exit(2);
    }
    return arguments.get(at + 1);
  }
}
