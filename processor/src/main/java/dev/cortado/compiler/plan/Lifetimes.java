package dev.cortado.compiler.plan;

import dev.cortado.compiler.shape.Poly;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From which step to which each buffer of the workspace holds something that is still needed. */
final class Lifetimes {
  /** Both ends inclusive. */
  record Span(int first, int last) {
    Span with(int step) {
      return new Span(Math.min(first, step), Math.max(last, step));
    }

    Span with(Span other) {
      return new Span(Math.min(first, other.first), Math.max(last, other.last));
    }

    boolean meets(Span other) {
      return first <= other.last && other.first <= last;
    }
  }

  private final Map<Buffer, Span> spans = new LinkedHashMap<>();

  /** A kernel's result takes the place of a buffer that dies as the kernel reads it. */
  private final Map<Buffer, Buffer> places = new HashMap<>();

  /** Recurrences whose rows are not at the same step, and the time they take. */
  private final Map<Step.Loop, Span> byRows = new LinkedHashMap<>();

  private final @Nullable Poly rows;
  private int clock;

  private Lifetimes(@Nullable Poly rows) {
    this.rows = rows;
  }

  /**
   * @param rows the rows that threads may take through recurrences on their own; null for none
   */
  static Lifetimes of(List<Step> steps, @Nullable Poly rows) {
    Lifetimes lifetimes = new Lifetimes(rows);
    steps.forEach(lifetimes::span);
    lifetimes.clock = 0;
    steps.forEach(step -> lifetimes.replace(step));
    lifetimes.byRows.forEach(lifetimes::widen);
    return lifetimes;
  }

  Map<Buffer, Span> spans() {
    return spans;
  }

  /** The buffer whose place {@code buffer} takes, itself when it has one of its own. */
  Buffer place(Buffer buffer) {
    Buffer other = places.get(buffer);
    return other == null ? buffer : place(other);
  }

  private void span(Step step) {
    if (step instanceof Step.Loop loop) {
      int start = clock++;
      loop.body().forEach(this::span);
      int end = clock++;
      Usage usage = Usage.of(step);
      usage.written().forEach(b -> outlive(loop, b.base(), start, end));
      usage.read().forEach(b -> outlive(loop, b.base(), start, end));
      if (rows != null && Rows.areIndependent(loop, rows)) {
        byRows.put(loop, new Span(start, end));
      }
    } else {
      int now = clock++;
      Usage usage = Usage.of(step);
      usage.written().forEach(b -> touch(b.base(), now));
      usage.read().forEach(b -> touch(b.base(), now));
    }
  }

  /** What a loop's body does not make itself is needed from the first iteration to the last. */
  private void outlive(Step.Loop loop, Buffer buffer, int start, int end) {
    if (!loop.locals().contains(buffer)) {
      touch(buffer, start);
      touch(buffer, end);
    }
  }

  /**
   * While some rows are at one step, others are at another: two buffers of a recurrence share
   * memory only where one takes the other's place element by element.
   */
  private void widen(Step.Loop loop, Span span) {
    for (Buffer buffer : loop.locals()) {
      touch(buffer.base(), span.first());
      touch(buffer.base(), span.last());
    }
  }

  private void touch(Buffer buffer, int step) {
    if (buffer.inWorkspace()) {
      spans.merge(buffer, new Span(step, step), Span::with);
    }
  }

  private void replace(Step step) {
    switch (step) {
      case Step.Loop loop -> {
        clock++;
        loop.body().forEach(this::replace);
        clock++;
      }
      case Step.Library l -> clock++;
      case Step.Kernel kernel -> {
        int now = clock++;
        Buffer written = Usage.of(kernel.body()).written().iterator().next();
        Span own = spans.get(written);
        if (own == null || own.first() != now) {
          return;
        }
        for (Buffer read : kernel.inPlace()) {
          Span before = spans.get(read);
          if (before != null && before.last() == now && before.first() < now) {
            places.put(written, read);
            return;
          }
        }
      }
    }
  }
}
