package dev.cortado;

/** What integer tensors are for. */
final class EagerLookup {
  private EagerLookup() {}

  static Tensor oneHot(IntTensor indices, int classes) {
    requireRange("oneHot", indices, classes);
    int[] of = indices.dims();
    return Tensor.build(
        Shapes.inserted(of, of.length, classes),
        i -> indices.data()[Shapes.offset(i, of)] == i[of.length] ? 1 : 0);
  }

  static Tensor embedding(Tensor table, IntTensor indices) {
    Shapes.requireRank("embedding", "a table [rows, features]", 2, table.dims());
    requireRange("embedding", indices, table.size(0));
    int[] of = indices.dims();
    int features = table.size(1);
    return Tensor.build(
        Shapes.inserted(of, of.length, features),
        i -> table.data()[indices.data()[Shapes.offset(i, of)] * features + i[of.length]]);
  }

  private static void requireRange(String what, IntTensor indices, int count) {
    for (int index : indices.data()) {
      if (index < 0 || index >= count) {
        throw new IllegalArgumentException(
            what + " expects indices from 0 to " + (count - 1) + ", but " + index + " came");
      }
    }
  }
}
