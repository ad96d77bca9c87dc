package dev.cortado.benchmarks.service;

/** A bare JVM, to compare with: {@code ServeNothing <predictions>}. */
final class ServeNothing {
  private ServeNothing() {}

  public static void main(String[] args) {
    System.out.println("first");
    Memory.serve(() -> 0, Integer.parseInt(args[0]));
  }
}
