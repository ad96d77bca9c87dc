package dev.cortado;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Recurrences. */
final class EagerScan {
  private EagerScan() {}

  static <S> S last(ScanStep<S> step, S state, Tensor xs, int dim) {
    int d = Shapes.dim("scan", dim, xs.dims());
    S current = state;
    for (int t = 0; t < xs.size(d); t++) {
      current = next(step, current, EagerMovement.select(xs, d, t));
    }
    return current;
  }

  static <S> S all(ScanStep<S> step, S state, Tensor xs, int dim) {
    int d = Shapes.dim("scanAll", dim, xs.dims());
    List<List<Tensor>> states = new ArrayList<>();
    S current = state;
    for (int t = 0; t < xs.size(d); t++) {
      current = next(step, current, EagerMovement.select(xs, d, t));
      states.add(tensors(current));
    }
    List<Tensor> start = tensors(state);
    List<Tensor> stacked = new ArrayList<>();
    for (int i = 0; i < start.size(); i++) {
      int part = i;
      int at = EagerMovement.newDim("scanAll", d, start.get(part).dims());
      stacked.add(
          states.isEmpty()
              ? EagerCreation.full(0, Shapes.inserted(start.get(part).dims(), at, 0))
              : EagerMovement.stack(at, states.stream().map(s -> s.get(part)).toList()));
    }
    return rebuilt(state, stacked.iterator());
  }

  private static <S> S next(ScanStep<S> step, S state, Tensor x) {
    S next = step.next(state, x);
    List<Tensor> before = tensors(state);
    List<Tensor> after = tensors(next);
    for (int i = 0; i < before.size(); i++) {
      int[] expected = before.get(i).dims();
      if (!Arrays.equals(expected, after.get(i).dims())) {
        throw new IllegalArgumentException(
            "scan expects its step to keep the state's shape "
                + Shapes.text(expected)
                + ", but "
                + Shapes.text(after.get(i).dims())
                + " came; start from a state of that shape");
      }
    }
    return next;
  }

  /** The tensors of a state, in order. */
  private static List<Tensor> tensors(Object state) {
    return switch (state) {
      case Tensor t -> List.of(t);
      case Record r -> {
        List<Tensor> all = new ArrayList<>();
        for (RecordComponent c : r.getClass().getRecordComponents()) {
          all.addAll(tensors(component(r, c)));
        }
        yield all;
      }
      default ->
          throw new IllegalArgumentException(
              "scan expects a Tensor or a record of tensors as its state, but a "
                  + state.getClass().getSimpleName()
                  + " came");
    };
  }

  /** A state like {@code state} of other tensors. */
  @SuppressWarnings("unchecked") // a record is rebuilt as the same record
  private static <S> S rebuilt(S state, Iterator<Tensor> tensors) {
    if (!(state instanceof Record)) {
      return (S) tensors.next();
    }
    RecordComponent[] components = state.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = rebuilt(component(state, components[i]), tensors);
    }
    try {
      var constructor = state.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (S) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot create a " + state.getClass().getName(), e);
    }
  }

  private static Object component(Object owner, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(owner);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(
          "cannot read " + component.getName() + " of " + owner.getClass().getName(), e);
    }
  }
}
