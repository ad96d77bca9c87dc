/**
 * The emitter for TornadoVM: prints a plan as task graphs and kernels, {@code XTornadoNetwork}. The
 * text names TornadoVM's API; nothing here does, so this module needs no TornadoVM.
 *
 * <p>{@link dev.cortado.compiler.tornado.LoopNests} takes statements apart into nests of parallel
 * loops, one kernel each; {@link dev.cortado.compiler.tornado.LoopKernels} prints those, {@link
 * dev.cortado.compiler.tornado.ProductKernels} the contractions; {@link
 * dev.cortado.compiler.tornado.GraphWriter} strings tasks into graphs.
 */
@NullMarked
package dev.cortado.compiler.tornado;

import org.jspecify.annotations.NullMarked;
