package dev.cortado.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, checked in full: the tensors' bytes must follow one another
 * without a gap or an overlap and end where the file ends.
 *
 * @param dataStart where the data start in the file
 */
record SafetensorsHeader(List<StoredTensor> tensors, Map<String, String> metadata, long dataStart) {
  static final String METADATA = "__metadata__";

  /** The reference implementation allows 100 MB; real headers are far below one. */
  private static final long MAX_HEADER = 25_000_000;

  private static final int MAX_RANK = 32;

  /** A class and no lambdas: a service that only predicts loads its weights without any. */
  private static final Comparator<StoredTensor> BY_PLACE =
      new Comparator<>() {
        @Override
        public int compare(StoredTensor a, StoredTensor b) {
          int begins = Long.compare(a.begin(), b.begin());
          return begins != 0 ? begins : Long.compare(a.end(), b.end());
        }
      };

  static SafetensorsHeader read(FileChannel channel, Path file) throws IOException {
    long fileSize = channel.size();
    if (fileSize < 8) {
      throw new FileFormatException(file, "too short for safetensors: " + fileSize + " bytes");
    }
    long length = readFully(channel, 0, 8, file).getLong();
    if (length < 2 || length > fileSize - 8 || length > MAX_HEADER) {
      throw new FileFormatException(
          file,
          "the header states a length of %s bytes; the file has %,d and headers may have %,d"
              .formatted(Long.toUnsignedString(length), fileSize, MAX_HEADER));
    }
    ByteBuffer bytes = readFully(channel, 8, (int) length, file);
    long dataSize = fileSize - 8 - length;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return parse(Json.parse(text), dataSize, 8 + length, file);
    } catch (CharacterCodingException e) {
      throw new FileFormatException(file, "the header is not UTF-8", e);
    } catch (IllegalArgumentException e) {
      throw new FileFormatException(file, "the header is damaged: " + e.getMessage(), e);
    }
  }

  static ByteBuffer readFully(FileChannel channel, long position, int count, Path file)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    return readFully(channel, position, buffer, file);
  }

  /** Fills a buffer from its position to its limit, and flips it. */
  static ByteBuffer readFully(FileChannel channel, long position, ByteBuffer buffer, Path file)
      throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new FileFormatException(file, "it was cut short while it was read");
      }
    }
    return buffer.flip();
  }

  private static SafetensorsHeader parse(Object json, long dataSize, long dataStart, Path file) {
    List<StoredTensor> tensors = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (var entry : map(json, "the header").entrySet()) {
      if (entry.getKey().equals(METADATA)) {
        for (var pair : map(entry.getValue(), METADATA).entrySet()) {
          metadata.put(pair.getKey(), text(pair.getValue(), METADATA + "." + pair.getKey()));
        }
      } else {
        tensors.add(tensor(entry.getKey(), map(entry.getValue(), entry.getKey())));
      }
    }
    tensors.sort(BY_PLACE);
    long next = 0;
    for (StoredTensor tensor : tensors) {
      if (tensor.begin() != next) {
        throw new FileFormatException(
            file,
            "%s starts at byte %,d of the data, but %,d was expected: tensors overlap or leave a gap"
                .formatted(tensor.name(), tensor.begin(), next));
      }
      next = tensor.end();
    }
    if (next != dataSize) {
      throw new FileFormatException(
          file,
          "the header describes %,d bytes of data, but there are %,d".formatted(next, dataSize));
    }
    return new SafetensorsHeader(
        List.copyOf(tensors), Collections.unmodifiableMap(metadata), dataStart);
  }

  private static StoredTensor tensor(String name, Map<?, ?> fields) {
    if (fields.size() != 3) {
      throw new IllegalArgumentException(
          name + " has the fields " + fields.keySet() + ", not dtype, shape and data_offsets");
    }
    StoredType type = type(text(fields.get("dtype"), name + ".dtype"), name);
    List<Long> dimensions = longs(fields.get("shape"), name + ".shape");
    List<Long> offsets = longs(fields.get("data_offsets"), name + ".data_offsets");
    if (offsets.size() != 2 || dimensions.size() > MAX_RANK) {
      throw new IllegalArgumentException(
          name + " has " + dimensions.size() + " dimensions and " + offsets.size() + " offsets");
    }
    long bytes = type.bytes();
    List<Integer> shape = new ArrayList<>();
    for (long dimension : dimensions) {
      if (dimension > Integer.MAX_VALUE || bytes > Long.MAX_VALUE / Math.max(1, dimension)) {
        throw new IllegalArgumentException(name + " has an absurd shape: " + dimensions);
      }
      bytes *= dimension;
      shape.add((int) dimension);
    }
    long begin = offsets.getFirst();
    long end = offsets.getLast();
    if (end < begin || end - begin != bytes) {
      throw new IllegalArgumentException(
          "%s of shape %s and type %s needs %,d bytes, but lies from %,d to %,d"
              .formatted(name, dimensions, type, bytes, begin, end));
    }
    return new StoredTensor(name, type, List.copyOf(shape), begin, end);
  }

  private static StoredType type(String name, String tensor) {
    for (StoredType type : StoredType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException(tensor + " is of type " + name + ", which is not read");
  }

  private static Map<String, Object> map(Object value, String what) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(what + " is not an object");
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      copy.put((String) entry.getKey(), entry.getValue());
    }
    return copy;
  }

  private static String text(@Nullable Object value, String what) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(what + " is not a string");
  }

  private static List<Long> longs(@Nullable Object value, String what) {
    List<Long> numbers = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Long number && number >= 0) {
          numbers.add(number);
        } else {
          throw new IllegalArgumentException(what + " holds " + element);
        }
      }
      return numbers;
    }
    throw new IllegalArgumentException(what + " is not an array");
  }
}
