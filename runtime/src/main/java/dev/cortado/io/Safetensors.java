package dev.cortado.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A safetensors file: named arrays behind a JSON header. See the <a
 * href="https://github.com/huggingface/safetensors#format">format</a>. Files written here hold a
 * checksum in their metadata, which other readers ignore and {@link #open} compares.
 */
public final class Safetensors {
  private static final String CHECKSUM = "cortado.crc32c";
  private static final int CHUNK = 1 << 16;

  private final Path file;
  private final SafetensorsHeader header;

  private Safetensors(Path file, SafetensorsHeader header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Reads and checks the header, and the data against the checksum when there is one. Memory use is
   * bounded by the header's size, whatever it says.
   *
   * @throws FileFormatException when the file is not in order
   * @throws UncheckedIOException when it cannot be read
   */
  public static Safetensors open(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafetensorsHeader header = SafetensorsHeader.read(channel, file);
      String expected = header.metadata().get(CHECKSUM);
      if (expected != null && !expected.equals(checksum(channel, header, file))) {
        throw new FileFormatException(
            file, "the data do not match their checksum: the file is damaged");
      }
      return new Safetensors(file, header);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
  }

  /** What is in the file, in the order of the data. */
  public List<StoredTensor> tensors() {
    return header.tensors();
  }

  /** Strings stored beside the tensors. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** The tensor of this name. */
  public Optional<StoredTensor> tensor(String name) {
    for (StoredTensor tensor : header.tensors()) {
      if (tensor.name().equals(name)) {
        return Optional.of(tensor);
      }
    }
    return Optional.empty();
  }

  /** All elements of a tensor as floats; other types are rounded. */
  public float[] read(StoredTensor tensor) {
    if (tensor.count() > Integer.MAX_VALUE - 8) {
      throw new FileFormatException(file, tensor.name() + " is too large for an array");
    }
    float[] values = new float[(int) tensor.count()];
    read(tensor, values, 0);
    return values;
  }

  /** Reads all elements of a tensor into {@code into}, from {@code offset} on. */
  public void read(StoredTensor tensor, float[] into, int offset) {
    if (tensor.count() > into.length - offset) {
      throw new IllegalArgumentException(
          "no room for the %,d elements of %s".formatted(tensor.count(), tensor.name()));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = chunk();
      int next = offset;
      for (long at = tensor.begin(); at < tensor.end(); at += CHUNK) {
        buffer.clear().limit((int) Math.min(CHUNK, tensor.end() - at));
        SafetensorsHeader.readFully(channel, header.dataStart() + at, buffer, file);
        next = tensor.type().copy(buffer, into, next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
  }

  /** Writes arrays as F32, atomically. */
  public static void write(Path file, List<NamedArray> arrays, Map<String, String> metadata) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.put(CHECKSUM, checksum(arrays));
    byte[] json = json(arrays, all).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
          AtomicFile.writeFully(channel, length.putLong(json.length).flip());
          AtomicFile.writeFully(channel, ByteBuffer.wrap(json));
          for (NamedArray array : arrays) {
            forEachChunk(array, chunk -> AtomicFile.writeFully(channel, chunk));
          }
        });
  }

  private static String json(List<NamedArray> arrays, Map<String, String> metadata) {
    Map<String, String> entries = new LinkedHashMap<>();
    StringBuilder pairs = new StringBuilder();
    metadata.forEach(
        (key, value) ->
            pairs
                .append(pairs.isEmpty() ? "" : ",")
                .append(Json.quote(key))
                .append(':')
                .append(Json.quote(value)));
    entries.put(SafetensorsHeader.METADATA, "{" + pairs + "}");
    long at = 0;
    for (NamedArray array : arrays) {
      long end = at + 4L * array.count();
      String entry =
          "{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(array.shape().toString().replace(" ", ""), at, end);
      if (entries.put(array.name(), entry) != null) {
        throw new IllegalArgumentException("two arrays are named " + array.name());
      }
      at = end;
    }
    StringBuilder json = new StringBuilder("{");
    entries.forEach(
        (name, entry) ->
            json.append(json.length() == 1 ? "" : ",")
                .append(Json.quote(name))
                .append(':')
                .append(entry));
    json.append('}');
    int bytes = json.toString().getBytes(StandardCharsets.UTF_8).length;
    return json.append(" ".repeat(-bytes & 7))
        .toString(); // Readers want the data aligned to 8 bytes.
  }

  /** Takes a piece of an array's bytes. */
  @FunctionalInterface
  private interface Sink {
    void accept(ByteBuffer chunk) throws IOException;
  }

  private static ByteBuffer chunk() {
    return ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void forEachChunk(NamedArray array, Sink sink) throws IOException {
    ByteBuffer buffer = chunk();
    int end = array.offset() + array.count();
    for (int at = array.offset(); at < end; at += CHUNK / 4) {
      int count = Math.min(CHUNK / 4, end - at);
      buffer.clear();
      buffer.asFloatBuffer().put(array.values(), at, count);
      sink.accept(buffer.limit(4 * count));
    }
  }

  private static String checksum(List<NamedArray> arrays) {
    CRC32C crc = new CRC32C();
    try {
      for (NamedArray array : arrays) {
        describe(crc, array.name(), StoredType.F32, array.shape());
        forEachChunk(array, crc::update);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Long.toHexString(crc.getValue());
  }

  private static String checksum(FileChannel channel, SafetensorsHeader header, Path file)
      throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = chunk();
    for (StoredTensor tensor : header.tensors()) {
      describe(crc, tensor.name(), tensor.type(), tensor.shape());
      for (long at = tensor.begin(); at < tensor.end(); at += CHUNK) {
        buffer.clear().limit((int) Math.min(CHUNK, tensor.end() - at));
        crc.update(SafetensorsHeader.readFully(channel, header.dataStart() + at, buffer, file));
      }
    }
    return Long.toHexString(crc.getValue());
  }

  private static void describe(CRC32C crc, String name, StoredType type, List<Integer> shape) {
    crc.update((name + "|" + type + shape + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
