package dev.cortado.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Named arrays in a file: NumPy's when its name ends in {@code .npz}, else safetensors. */
sealed interface ArrayFile {
  /** In the file's order. */
  List<String> names();

  /** Empty when there is no such array. */
  Optional<List<Integer>> shape(String name);

  /** Copies all elements of an array that is there. */
  void read(String name, float[] into, int offset);

  static boolean isNpz(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
  }

  /** Opens and checks a file. */
  static ArrayFile open(Path file) {
    return isNpz(file) ? new OfNpz(Npz.read(file)) : new OfSafetensors(Safetensors.open(file));
  }

  /** All in memory. */
  record OfNpz(Map<String, NamedArray> arrays) implements ArrayFile {
    @Override
    public List<String> names() {
      return List.copyOf(arrays.keySet());
    }

    @Override
    public Optional<List<Integer>> shape(String name) {
      return Optional.ofNullable(arrays.get(name)).map(NamedArray::shape);
    }

    @Override
    public void read(String name, float[] into, int offset) {
      NamedArray array = arrays.get(name);
      if (array != null) {
        System.arraycopy(array.values(), array.offset(), into, offset, array.count());
      }
    }
  }

  /** The header in memory. Loops and no lambdas, which cost a service milliseconds at its start. */
  record OfSafetensors(Safetensors file) implements ArrayFile {
    @Override
    public List<String> names() {
      List<String> names = new ArrayList<>();
      for (StoredTensor tensor : file.tensors()) {
        names.add(tensor.name());
      }
      return names;
    }

    @Override
    public Optional<List<Integer>> shape(String name) {
      Optional<StoredTensor> tensor = file.tensor(name);
      return tensor.isPresent() ? Optional.of(tensor.get().shape()) : Optional.empty();
    }

    @Override
    public void read(String name, float[] into, int offset) {
      Optional<StoredTensor> tensor = file.tensor(name);
      if (tensor.isPresent()) {
        file.read(tensor.get(), into, offset);
      }
    }
  }
}
