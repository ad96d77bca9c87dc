package dev.cortado.processor;

/**
 * A source file to write.
 *
 * @param name qualified name of its class
 */
public record GeneratedFile(String name, String text) {}
