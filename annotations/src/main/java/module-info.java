/** What marks a model, its layers, its parameters and its shapes. */
module dev.cortado.annotations {
  requires static org.jspecify;

  exports dev.cortado.annotation;
}
