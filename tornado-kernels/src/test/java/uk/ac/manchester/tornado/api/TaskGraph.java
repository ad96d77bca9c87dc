package uk.ac.manchester.tornado.api;

import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.*;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.fake.GraphState;
import uk.ac.manchester.tornado.api.fake.Kernel;

/** A test double's: tasks in order, and which arrays go to and fro. */
public final class TaskGraph {
  private final GraphState state;

  public TaskGraph(String name) {
    state = new GraphState(name);
  }

  public String getTaskGraphName() {
    return state.name();
  }

  public TaskGraph transferToDevice(int mode, Object... objects) {
    List.of(objects).forEach(o -> state.transferToDevice(mode, o));
    return this;
  }

  public TaskGraph consumeFromDevice(Object... objects) {
    List.of(objects).forEach(o -> state.consume(state.name(), o));
    return this;
  }

  public TaskGraph consumeFromDevice(String graph, Object... objects) {
    List.of(objects).forEach(o -> state.consume(graph, o));
    return this;
  }

  public TaskGraph transferToHost(int mode, Object... objects) {
    List.of(objects).forEach(o -> state.transferToHost(mode, o));
    return this;
  }

  public TaskGraph persistOnDevice(Object... objects) {
    return transferToHost(DataTransferMode.UNDER_DEMAND, objects);
  }

  /** A task of a library with as many arguments as a batch of products has. */
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17>
      TaskGraph libraryTask(
          String id,
          LibraryTask17<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17>
              code,
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
          T17 a17) {
    return add(
        code.apply(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17)
            .kernel(id));
  }

  public ImmutableTaskGraph snapshot() {
    return new ImmutableTaskGraph(state);
  }

  @SuppressWarnings("unchecked")
  public <T1> TaskGraph task(String id, Task1<T1> code, T1 a1) {
    return add(Kernel.of(id, code, p -> code.apply((T1) p[0]), a1));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2> TaskGraph task(String id, Task2<T1, T2> code, T1 a1, T2 a2) {
    return add(Kernel.of(id, code, p -> code.apply((T1) p[0], (T2) p[1]), a1, a2));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3> TaskGraph task(String id, Task3<T1, T2, T3> code, T1 a1, T2 a2, T3 a3) {
    return add(Kernel.of(id, code, p -> code.apply((T1) p[0], (T2) p[1], (T3) p[2]), a1, a2, a3));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4> TaskGraph task(
      String id, Task4<T1, T2, T3, T4> code, T1 a1, T2 a2, T3 a3, T4 a4) {
    return add(
        Kernel.of(
            id, code, p -> code.apply((T1) p[0], (T2) p[1], (T3) p[2], (T4) p[3]), a1, a2, a3, a4));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5> TaskGraph task(
      String id, Task5<T1, T2, T3, T4, T5> code, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5) {
    return add(
        Kernel.of(
            id,
            code,
            p -> code.apply((T1) p[0], (T2) p[1], (T3) p[2], (T4) p[3], (T5) p[4]),
            a1,
            a2,
            a3,
            a4,
            a5));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6> TaskGraph task(
      String id, Task6<T1, T2, T3, T4, T5, T6> code, T1 a1, T2 a2, T3 a3, T4 a4, T5 a5, T6 a6) {
    return add(
        Kernel.of(
            id,
            code,
            p -> code.apply((T1) p[0], (T2) p[1], (T3) p[2], (T4) p[3], (T5) p[4], (T6) p[5]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7> TaskGraph task(
      String id,
      Task7<T1, T2, T3, T4, T5, T6, T7> code,
      T1 a1,
      T2 a2,
      T3 a3,
      T4 a4,
      T5 a5,
      T6 a6,
      T7 a7) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0], (T2) p[1], (T3) p[2], (T4) p[3], (T5) p[4], (T6) p[5], (T7) p[6]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8> TaskGraph task(
      String id,
      Task8<T1, T2, T3, T4, T5, T6, T7, T8> code,
      T1 a1,
      T2 a2,
      T3 a3,
      T4 a4,
      T5 a5,
      T6 a6,
      T7 a7,
      T8 a8) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0], (T2) p[1], (T3) p[2], (T4) p[3], (T5) p[4], (T6) p[5], (T7) p[6],
                    (T8) p[7]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9> TaskGraph task(
      String id,
      Task9<T1, T2, T3, T4, T5, T6, T7, T8, T9> code,
      T1 a1,
      T2 a2,
      T3 a3,
      T4 a4,
      T5 a5,
      T6 a6,
      T7 a7,
      T8 a8,
      T9 a9) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0], (T2) p[1], (T3) p[2], (T4) p[3], (T5) p[4], (T6) p[5], (T7) p[6],
                    (T8) p[7], (T9) p[8]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8,
            a9));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> TaskGraph task(
      String id,
      Task10<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> code,
      T1 a1,
      T2 a2,
      T3 a3,
      T4 a4,
      T5 a5,
      T6 a6,
      T7 a7,
      T8 a8,
      T9 a9,
      T10 a10) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0],
                    (T2) p[1],
                    (T3) p[2],
                    (T4) p[3],
                    (T5) p[4],
                    (T6) p[5],
                    (T7) p[6],
                    (T8) p[7],
                    (T9) p[8],
                    (T10) p[9]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8,
            a9,
            a10));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> TaskGraph task(
      String id,
      Task11<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> code,
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
      T11 a11) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0],
                    (T2) p[1],
                    (T3) p[2],
                    (T4) p[3],
                    (T5) p[4],
                    (T6) p[5],
                    (T7) p[6],
                    (T8) p[7],
                    (T9) p[8],
                    (T10) p[9],
                    (T11) p[10]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8,
            a9,
            a10,
            a11));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> TaskGraph task(
      String id,
      Task12<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> code,
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
      T12 a12) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0],
                    (T2) p[1],
                    (T3) p[2],
                    (T4) p[3],
                    (T5) p[4],
                    (T6) p[5],
                    (T7) p[6],
                    (T8) p[7],
                    (T9) p[8],
                    (T10) p[9],
                    (T11) p[10],
                    (T12) p[11]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8,
            a9,
            a10,
            a11,
            a12));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> TaskGraph task(
      String id,
      Task13<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> code,
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
      T13 a13) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0],
                    (T2) p[1],
                    (T3) p[2],
                    (T4) p[3],
                    (T5) p[4],
                    (T6) p[5],
                    (T7) p[6],
                    (T8) p[7],
                    (T9) p[8],
                    (T10) p[9],
                    (T11) p[10],
                    (T12) p[11],
                    (T13) p[12]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8,
            a9,
            a10,
            a11,
            a12,
            a13));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> TaskGraph task(
      String id,
      Task14<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> code,
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
      T14 a14) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0],
                    (T2) p[1],
                    (T3) p[2],
                    (T4) p[3],
                    (T5) p[4],
                    (T6) p[5],
                    (T7) p[6],
                    (T8) p[7],
                    (T9) p[8],
                    (T10) p[9],
                    (T11) p[10],
                    (T12) p[11],
                    (T13) p[12],
                    (T14) p[13]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8,
            a9,
            a10,
            a11,
            a12,
            a13,
            a14));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> TaskGraph task(
      String id,
      Task15<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15> code,
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
      T15 a15) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0],
                    (T2) p[1],
                    (T3) p[2],
                    (T4) p[3],
                    (T5) p[4],
                    (T6) p[5],
                    (T7) p[6],
                    (T8) p[7],
                    (T9) p[8],
                    (T10) p[9],
                    (T11) p[10],
                    (T12) p[11],
                    (T13) p[12],
                    (T14) p[13],
                    (T15) p[14]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8,
            a9,
            a10,
            a11,
            a12,
            a13,
            a14,
            a15));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16> TaskGraph task(
      String id,
      Task16<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16> code,
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
      T16 a16) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0],
                    (T2) p[1],
                    (T3) p[2],
                    (T4) p[3],
                    (T5) p[4],
                    (T6) p[5],
                    (T7) p[6],
                    (T8) p[7],
                    (T9) p[8],
                    (T10) p[9],
                    (T11) p[10],
                    (T12) p[11],
                    (T13) p[12],
                    (T14) p[13],
                    (T15) p[14],
                    (T16) p[15]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8,
            a9,
            a10,
            a11,
            a12,
            a13,
            a14,
            a15,
            a16));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17>
      TaskGraph task(
          String id,
          Task17<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17> code,
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
          T17 a17) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0],
                    (T2) p[1],
                    (T3) p[2],
                    (T4) p[3],
                    (T5) p[4],
                    (T6) p[5],
                    (T7) p[6],
                    (T8) p[7],
                    (T9) p[8],
                    (T10) p[9],
                    (T11) p[10],
                    (T12) p[11],
                    (T13) p[12],
                    (T14) p[13],
                    (T15) p[14],
                    (T16) p[15],
                    (T17) p[16]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8,
            a9,
            a10,
            a11,
            a12,
            a13,
            a14,
            a15,
            a16,
            a17));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18>
      TaskGraph task(
          String id,
          Task18<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18>
              code,
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
          T18 a18) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0],
                    (T2) p[1],
                    (T3) p[2],
                    (T4) p[3],
                    (T5) p[4],
                    (T6) p[5],
                    (T7) p[6],
                    (T8) p[7],
                    (T9) p[8],
                    (T10) p[9],
                    (T11) p[10],
                    (T12) p[11],
                    (T13) p[12],
                    (T14) p[13],
                    (T15) p[14],
                    (T16) p[15],
                    (T17) p[16],
                    (T18) p[17]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8,
            a9,
            a10,
            a11,
            a12,
            a13,
            a14,
            a15,
            a16,
            a17,
            a18));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19>
      TaskGraph task(
          String id,
          Task19<
                  T1,
                  T2,
                  T3,
                  T4,
                  T5,
                  T6,
                  T7,
                  T8,
                  T9,
                  T10,
                  T11,
                  T12,
                  T13,
                  T14,
                  T15,
                  T16,
                  T17,
                  T18,
                  T19>
              code,
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
          T19 a19) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0],
                    (T2) p[1],
                    (T3) p[2],
                    (T4) p[3],
                    (T5) p[4],
                    (T6) p[5],
                    (T7) p[6],
                    (T8) p[7],
                    (T9) p[8],
                    (T10) p[9],
                    (T11) p[10],
                    (T12) p[11],
                    (T13) p[12],
                    (T14) p[13],
                    (T15) p[14],
                    (T16) p[15],
                    (T17) p[16],
                    (T18) p[17],
                    (T19) p[18]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8,
            a9,
            a10,
            a11,
            a12,
            a13,
            a14,
            a15,
            a16,
            a17,
            a18,
            a19));
  }

  @SuppressWarnings("unchecked")
  public <T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20>
      TaskGraph task(
          String id,
          Task20<
                  T1,
                  T2,
                  T3,
                  T4,
                  T5,
                  T6,
                  T7,
                  T8,
                  T9,
                  T10,
                  T11,
                  T12,
                  T13,
                  T14,
                  T15,
                  T16,
                  T17,
                  T18,
                  T19,
                  T20>
              code,
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
          T20 a20) {
    return add(
        Kernel.of(
            id,
            code,
            p ->
                code.apply(
                    (T1) p[0],
                    (T2) p[1],
                    (T3) p[2],
                    (T4) p[3],
                    (T5) p[4],
                    (T6) p[5],
                    (T7) p[6],
                    (T8) p[7],
                    (T9) p[8],
                    (T10) p[9],
                    (T11) p[10],
                    (T12) p[11],
                    (T13) p[12],
                    (T14) p[13],
                    (T15) p[14],
                    (T16) p[15],
                    (T17) p[16],
                    (T18) p[17],
                    (T19) p[18],
                    (T20) p[19]),
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            a7,
            a8,
            a9,
            a10,
            a11,
            a12,
            a13,
            a14,
            a15,
            a16,
            a17,
            a18,
            a19,
            a20));
  }

  private TaskGraph add(Kernel kernel) {
    state.add(kernel);
    return this;
  }
}
