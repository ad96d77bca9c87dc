package dev.cortado.io;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's {@code .npz}: named arrays in a zip file, as {@code numpy.savez} writes and {@code
 * numpy.load} reads them. See the <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">format</a>.
 */
public final class Npz {
  /** More elements than this in one file are refused, however small the file: 1 GiB of floats. */
  public static final long MAX_ELEMENTS = 1L << 28;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '([<>|]?\\w\\d)', 'fortran_order': (True|False), 'shape': \\(([\\d, ]*)\\),"
              + " ?\\}\\s*");
  private static final int CHUNK = 1 << 16;

  private Npz() {}

  /** Writes arrays as 32-bit floats, atomically and uncompressed. */
  public static void write(Path file, List<NamedArray> arrays) {
    AtomicFile.write(
        file,
        channel -> {
          // Not closed: closing it would close the channel, which is still to be synced.
          ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel));
          for (NamedArray array : arrays) {
            write(zip, array);
          }
          zip.finish();
        });
  }

  private static void write(ZipOutputStream zip, NamedArray array) throws IOException {
    byte[] header = header(array.shape());
    ByteBuffer data = ByteBuffer.allocate(4 * array.count()).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(array.values(), array.offset(), array.count());
    CRC32 crc = new CRC32();
    crc.update(header);
    crc.update(data.array());
    ZipEntry entry = new ZipEntry(array.name() + ".npy");
    entry.setMethod(ZipEntry.STORED);
    entry.setTime(0);
    entry.setSize(header.length + data.capacity());
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    OutputStream out = zip;
    out.write(header);
    out.write(data.array());
    zip.closeEntry();
  }

  private static byte[] header(List<Integer> shape) {
    StringBuilder dimensions = new StringBuilder();
    shape.forEach(dimension -> dimensions.append(dimension).append(", "));
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }"
            .formatted(dimensions.toString().strip());
    int padding = 63 - (MAGIC.length + 4 + text.length()) % 64;
    byte[] dictionary = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer header =
        ByteBuffer.allocate(MAGIC.length + 4 + dictionary.length).order(ByteOrder.LITTLE_ENDIAN);
    return header
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) dictionary.length)
        .put(dictionary)
        .array();
  }

  /**
   * Reads all arrays, in the file's order, rounded to floats.
   *
   * @throws FileFormatException when the file is damaged, an array is of a kind that is not read
   *     (objects, strings, complex numbers, Fortran's order), or there are more than {@link
   *     #MAX_ELEMENTS}
   */
  public static Map<String, NamedArray> read(Path file) {
    Map<String, NamedArray> arrays = new LinkedHashMap<>();
    long left = MAX_ELEMENTS;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.getName().endsWith(".npy")) {
          throw new FileFormatException(file, entry.getName() + " is no array");
        }
        String name = entry.getName().substring(0, entry.getName().length() - 4);
        InputStream content = zip.getInputStream(entry);
        if (content == null) {
          throw new FileFormatException(
              file, "the zip file lists " + name + " but does not hold it");
        }
        try (DataInputStream in = new DataInputStream(content)) {
          NamedArray array = array(in, name, left, file);
          left -= array.count();
          if (arrays.put(name, array) != null) {
            throw new FileFormatException(file, "two arrays are named " + name);
          }
        }
      }
    } catch (ZipException e) {
      throw new FileFormatException(file, "not a zip file in order: " + e.getMessage(), e);
    } catch (EOFException e) {
      throw new FileFormatException(file, "an array is cut short", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    } catch (IllegalArgumentException e) {
      throw new FileFormatException(file, "damaged: " + e.getMessage(), e);
    }
    return Collections.unmodifiableMap(arrays);
  }

  private static NamedArray array(DataInputStream in, String name, long left, Path file)
      throws IOException {
    byte[] magic = in.readNBytes(MAGIC.length);
    int version = in.readUnsignedByte();
    in.readUnsignedByte();
    if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
      throw new FileFormatException(file, name + " is not an array of NumPy's");
    }
    int length = Short.toUnsignedInt(Short.reverseBytes(in.readShort()));
    if (version > 1 && in.readShort() != 0) {
      throw new FileFormatException(file, name + " has an absurdly long header");
    }
    String text = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    Matcher header = HEADER.matcher(text);
    if (!header.matches()) {
      throw new FileFormatException(file, name + " has a header that is not read: " + text.strip());
    }
    List<Integer> shape = shape(header.group(3), name, left, file);
    boolean columns = header.group(2).equals("True") && shape.size() > 1;
    if (columns) {
      throw new FileFormatException(file, name + " is in Fortran's order; save it with order='C'");
    }
    int count = shape.stream().reduce(1, (a, b) -> a * b);
    float[] values = values(in, header.group(1), count, name, file);
    if (in.read() >= 0) {
      throw new FileFormatException(file, name + " goes on after its " + count + " elements");
    }
    return new NamedArray(name, shape, values, 0);
  }

  private static List<Integer> shape(String text, String name, long left, Path file) {
    List<Integer> shape = new ArrayList<>();
    long count = 1;
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        long dimension = part.strip().length() > 10 ? Long.MAX_VALUE : Long.parseLong(part.strip());
        if (dimension > left || count * dimension > left) {
          throw new FileFormatException(file, name + " is too large: its shape is (" + text + ")");
        }
        count *= dimension;
        shape.add((int) dimension);
      }
    }
    return shape;
  }

  private static float[] values(DataInputStream in, String type, int count, String name, Path file)
      throws IOException {
    StoredType stored =
        switch (type.substring(1)) {
          case "f8" -> StoredType.F64;
          case "f4" -> StoredType.F32;
          case "f2" -> StoredType.F16;
          case "i8" -> StoredType.I64;
          case "i4" -> StoredType.I32;
          case "i2" -> StoredType.I16;
          case "i1" -> StoredType.I8;
          case "u1" -> StoredType.U8;
          case "b1" -> StoredType.BOOL;
          default ->
              throw new FileFormatException(
                  file, name + " is of type " + type + ", which is not read");
        };
    ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    // Grows with what really comes, so that a false shape costs no memory.
    float[] values = new float[Math.min(count, CHUNK)];
    int filled = 0;
    while (filled < count) {
      byte[] chunk = in.readNBytes(Math.min(CHUNK, count - filled) * stored.bytes());
      ByteBuffer buffer = ByteBuffer.wrap(chunk).order(order);
      while (buffer.remaining() >= stored.bytes()) {
        if (filled == values.length) {
          values = Arrays.copyOf(values, (int) Math.min(count, values.length * 2L));
        }
        values[filled++] = stored.next(buffer);
      }
      if (chunk.length == 0 || buffer.hasRemaining()) {
        throw new EOFException();
      }
    }
    return values;
  }
}
