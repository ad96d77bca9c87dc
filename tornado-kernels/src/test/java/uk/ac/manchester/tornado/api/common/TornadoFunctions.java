package uk.ac.manchester.tornado.api.common;

import java.io.Serializable;

/**
 * A test double's. Serializable, which the real ones are not, so that the double finds the method
 * behind a method reference.
 */
public final class TornadoFunctions {
  private TornadoFunctions() {}

  /** A kernel of 1. */
  @FunctionalInterface
  public interface Task1<T1> extends Serializable {
    void apply(T1 a1);
  }

  /** A kernel of 2. */
  @FunctionalInterface
  public interface Task2<T1, T2> extends Serializable {
    void apply(T1 a1, T2 a2);
  }

  /** A kernel of 3. */
  @FunctionalInterface
  public interface Task3<T1, T2, T3> extends Serializable {
    void apply(T1 a1, T2 a2, T3 a3);
  }

  /** A kernel of 4. */
  @FunctionalInterface
  public interface Task4<T1, T2, T3, T4> extends Serializable {
    void apply(T1 a1, T2 a2, T3 a3, T4 a4);
  }

  /** A kernel of 5. */
  @FunctionalInterface
  public interface Task5<T1, T2, T3, T4, T5> extends Serializable {
    void apply(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5);
  }

  /** A kernel of 6. */
  @FunctionalInterface
  public interface Task6<T1, T2, T3, T4, T5, T6> extends Serializable {
    void apply(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6);
  }

  /** A kernel of 7. */
  @FunctionalInterface
  public interface Task7<T1, T2, T3, T4, T5, T6, T7> extends Serializable {
    void apply(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7);
  }

  /** A kernel of 8. */
  @FunctionalInterface
  public interface Task8<T1, T2, T3, T4, T5, T6, T7, T8> extends Serializable {
    void apply(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8);
  }

  /** A kernel of 9. */
  @FunctionalInterface
  public interface Task9<T1, T2, T3, T4, T5, T6, T7, T8, T9> extends Serializable {
    void apply(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9);
  }

  /** A kernel of 10. */
  @FunctionalInterface
  public interface Task10<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> extends Serializable {
    void apply(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10);
  }

  /** A kernel of 11. */
  @FunctionalInterface
  public interface Task11<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> extends Serializable {
    void apply(T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11);
  }

  /** A kernel of 12. */
  @FunctionalInterface
  public interface Task12<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> extends Serializable {
    void apply(
        T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6, T7 a7, T8 a8, T9 a9, T10 a10, T11 a11, T12 a12);
  }

  /** A kernel of 13. */
  @FunctionalInterface
  public interface Task13<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>
      extends Serializable {
    void apply(
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5,
        T6 a6,
        T7 a7,
        T8 a8,
        T9 a9,
        T10 a10,
        T11 a11,
        T12 a12,
        T13 a13);
  }

  /** A kernel of 14. */
  @FunctionalInterface
  public interface Task14<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>
      extends Serializable {
    void apply(
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5,
        T6 a6,
        T7 a7,
        T8 a8,
        T9 a9,
        T10 a10,
        T11 a11,
        T12 a12,
        T13 a13,
        T14 a14);
  }

  /** A kernel of 15. */
  @FunctionalInterface
  public interface Task15<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15>
      extends Serializable {
    void apply(
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5,
        T6 a6,
        T7 a7,
        T8 a8,
        T9 a9,
        T10 a10,
        T11 a11,
        T12 a12,
        T13 a13,
        T14 a14,
        T15 a15);
  }

  /** A kernel of 16. */
  @FunctionalInterface
  public interface Task16<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16>
      extends Serializable {
    void apply(
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5,
        T6 a6,
        T7 a7,
        T8 a8,
        T9 a9,
        T10 a10,
        T11 a11,
        T12 a12,
        T13 a13,
        T14 a14,
        T15 a15,
        T16 a16);
  }

  /** A kernel of 17. */
  @FunctionalInterface
  public interface Task17<
          T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17>
      extends Serializable {
    void apply(
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5,
        T6 a6,
        T7 a7,
        T8 a8,
        T9 a9,
        T10 a10,
        T11 a11,
        T12 a12,
        T13 a13,
        T14 a14,
        T15 a15,
        T16 a16,
        T17 a17);
  }

  /** A kernel of 18. */
  @FunctionalInterface
  public interface Task18<
          T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18>
      extends Serializable {
    void apply(
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5,
        T6 a6,
        T7 a7,
        T8 a8,
        T9 a9,
        T10 a10,
        T11 a11,
        T12 a12,
        T13 a13,
        T14 a14,
        T15 a15,
        T16 a16,
        T17 a17,
        T18 a18);
  }

  /** A kernel of 19. */
  @FunctionalInterface
  public interface Task19<
          T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19>
      extends Serializable {
    void apply(
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5,
        T6 a6,
        T7 a7,
        T8 a8,
        T9 a9,
        T10 a10,
        T11 a11,
        T12 a12,
        T13 a13,
        T14 a14,
        T15 a15,
        T16 a16,
        T17 a17,
        T18 a18,
        T19 a19);
  }

  /** A kernel of 20. */
  @FunctionalInterface
  public interface Task20<
          T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20>
      extends Serializable {
    void apply(
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5,
        T6 a6,
        T7 a7,
        T8 a8,
        T9 a9,
        T10 a10,
        T11 a11,
        T12 a12,
        T13 a13,
        T14 a14,
        T15 a15,
        T16 a16,
        T17 a17,
        T18 a18,
        T19 a19,
        T20 a20);
  }

  public interface LibraryTask17<
      T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17> {
    LibraryTaskDescriptor apply(
        T1 a1,
        T2 a2,
        T3 a3,
        T4 a4,
        T5 a5,
        T6 a6,
        T7 a7,
        T8 a8,
        T9 a9,
        T10 a10,
        T11 a11,
        T12 a12,
        T13 a13,
        T14 a14,
        T15 a15,
        T16 a16,
        T17 a17);
  }
}
