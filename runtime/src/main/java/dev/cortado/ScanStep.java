package dev.cortado;

/**
 * One step of a recurrence for {@link Ops#scan} and {@link Ops#scanAll}.
 *
 * @param <S> the state: {@code Tensor} or a record of tensors
 */
@FunctionalInterface
public interface ScanStep<S> {
  /**
   * The next state.
   *
   * @param state of the same shapes as the result
   * @param x one slice of the sequence, without the scanned dimension
   */
  S next(S state, Tensor x);
}
