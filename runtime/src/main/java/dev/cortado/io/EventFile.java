package dev.cortado.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/**
 * A file of events that TensorBoard shows: scalars, histograms and images. Records are framed as <a
 * href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TFRecords</a>, their content is
 * the protocol buffer {@code Event} of TensorBoard's {@code event.proto} and {@code summary.proto}.
 * Not thread-safe.
 */
public final class EventFile implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int CRC_MASK = 0xa282ead8;

  private final Path file;
  private final OutputStream out;

  private EventFile(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /** Begins a new file in a folder, which is made when needed. */
  public static EventFile create(Path folder) {
    String name =
        "events.out.tfevents.%010d.cortado.%d.%d"
            .formatted(
                System.currentTimeMillis() / 1000,
                ProcessHandle.current().pid(),
                COUNT.getAndIncrement());
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
      EventFile events = new EventFile(file, out);
      events.record(event(0).text(3, "brain.Event:2"));
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e, e);
    }
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /** A point of a curve. */
  public void scalar(String tag, long step, double value) {
    record(event(step).message(5, value(tag).fixed32(2, (float) value)));
  }

  /**
   * How {@code values[from]} to {@code values[to - 1]} are distributed. Values that are not finite
   * are left out.
   */
  public void histogram(String tag, long step, float[] values, int from, int to) {
    record(event(step).message(5, value(tag).message(5, Histogram.of(values, from, to))));
  }

  /** A picture, as a PNG file's bytes. */
  public void image(String tag, long step, int height, int width, byte[] png) {
    ProtoMessage image =
        new ProtoMessage().number(1, height).number(2, width).number(3, 3).bytes(4, png);
    record(event(step).message(5, value(tag).message(4, image)));
  }

  private static ProtoMessage event(long step) {
    return new ProtoMessage().fixed64(1, System.currentTimeMillis() * 1e-3).number(2, step);
  }

  /**
   * A {@code Summary} holds {@code Value}s in field 1: what follows is put into the one begun here.
   */
  private static Value value(String tag) {
    return new Value(new ProtoMessage().text(1, tag));
  }

  /** A summary with one value that is still being written. */
  private record Value(ProtoMessage content) {
    ProtoMessage fixed32(int field, float number) {
      return new ProtoMessage().message(1, content.fixed32(field, number));
    }

    ProtoMessage message(int field, ProtoMessage inner) {
      return new ProtoMessage().message(1, content.message(field, inner));
    }
  }

  private void record(ProtoMessage event) {
    byte[] content = event.toBytes();
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(content.length).array();
    try {
      out.write(length);
      out.write(checksum(length));
      out.write(content);
      out.write(checksum(content));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e, e);
    }
  }

  /** TFRecord's masked CRC-32C: a checksum that may itself be checksummed. */
  private static byte[] checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int value = (int) crc.getValue();
    int masked = Integer.rotateRight(value, 15) + CRC_MASK;
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }

  /** Makes what was written so far visible to readers. */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e, e);
    }
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "EventFile[%s]", file);
  }

  /**
   * {@code HistogramProto}: 30 buckets of equal width between the smallest and the largest value.
   */
  private static final class Histogram {
    private static final int BUCKETS = 30;

    private Histogram() {}

    static ProtoMessage of(float[] values, int from, int to) {
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      double sum = 0;
      double squares = 0;
      long count = 0;
      for (int i = from; i < to; i++) {
        if (Float.isFinite(values[i])) {
          min = Math.min(min, values[i]);
          max = Math.max(max, values[i]);
          sum += values[i];
          squares += (double) values[i] * values[i];
          count++;
        }
      }
      if (count == 0) {
        min = 0;
        max = 0;
      }
      double width = max > min ? (max - min) / BUCKETS : 1e-12 + Math.abs(max) * 1e-6;
      double[] buckets = new double[BUCKETS];
      for (int i = from; i < to; i++) {
        if (Float.isFinite(values[i])) {
          buckets[Math.min(BUCKETS - 1, (int) ((values[i] - min) / width))]++;
        }
      }
      List<Double> limits = new ArrayList<>();
      for (int b = 1; b <= BUCKETS; b++) {
        limits.add(min + b * width);
      }
      return new ProtoMessage()
          .fixed64(1, min)
          .fixed64(2, max)
          .fixed64(3, count)
          .fixed64(4, sum)
          .fixed64(5, squares)
          .packed(6, limits.stream().mapToDouble(Double::doubleValue).toArray())
          .packed(7, buckets);
    }
  }
}
