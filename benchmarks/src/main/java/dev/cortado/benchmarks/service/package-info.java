/** What a service that predicts pays for besides arithmetic: its start, its memory, its size. */
@NullMarked
package dev.cortado.benchmarks.service;

import org.jspecify.annotations.NullMarked;
