package dev.cortado.data;

/** Libraries that only some users need. */
final class OptionalLibrary {
  private OptionalLibrary() {}

  /**
   * Makes sure that a library is there.
   *
   * @param type one of its classes
   * @param coordinates what to add to a build
   * @param use what needs it
   * @throws IllegalStateException when it is not on the class path
   */
  static void require(String type, String coordinates, String use) {
    try {
      Class.forName(type, false, OptionalLibrary.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "%s need the optional library %s on the class path".formatted(use, coordinates), e);
    }
  }
}
