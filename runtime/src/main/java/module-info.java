/**
 * What a model and its generated network call: tensors and operations, layers, kernels, training,
 * data, files.
 *
 * <p>Only {@code java.base} is needed. The other modules are used where a program has them: {@code
 * java.desktop} reads and writes pictures, {@code java.net.http} fetches data, and the libraries
 * draw learning curves and the progress bar and read Parquet and Arrow files. So is {@code
 * jdk.incubator.vector}, which makes matrix products faster; a kernel reads it when the JVM was
 * started with it.
 */
@SuppressWarnings("requires-automatic") // XChart names its module, but declares none.
module dev.cortado.runtime {
  requires transitive dev.cortado.annotations;
  requires static dev.hardwood.core;
  requires static java.desktop;
  requires static java.net.http;
  requires static me.tongfei.progressbar;
  requires static org.apache.arrow.memory.core;
  requires static org.apache.arrow.vector;
  requires static org.jspecify;
  requires static org.knowm.xchart;

  exports dev.cortado;
  exports dev.cortado.data;
  exports dev.cortado.io;
  exports dev.cortado.nn;
  exports dev.cortado.tornado;
  exports dev.cortado.train;
  // Named by generated networks.
  exports dev.cortado.compiled;
  exports dev.cortado.kernel;
}
