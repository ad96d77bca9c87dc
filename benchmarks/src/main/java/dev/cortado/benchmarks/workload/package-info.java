/** What is measured: networks as lists of layers that every peer is built from, and their data. */
@NullMarked
package dev.cortado.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
