/** The networks that are measured, as Cortado compiles them. */
@NullMarked
package dev.cortado.benchmarks.model;

import org.jspecify.annotations.NullMarked;
