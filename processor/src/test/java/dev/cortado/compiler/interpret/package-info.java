/**
 * Runs graphs in double precision by their lowerings, as slowly and plainly as possible: the oracle
 * for operations and emitters.
 */
package dev.cortado.compiler.interpret;
