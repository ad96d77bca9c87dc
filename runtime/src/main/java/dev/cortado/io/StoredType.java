package dev.cortado.io;

import java.nio.ByteBuffer;

/** What the elements of a stored tensor are, under safetensors' names. */
public enum StoredType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of an element. */
  public int bytes() {
    return bytes;
  }

  /**
   * Copies all that is left of a buffer, rounded to floats.
   *
   * @return the place behind the last element in {@code into}
   */
  int copy(ByteBuffer buffer, float[] into, int at) {
    int next = at;
    if (this == F32) { // At once: a service reads its weights while all is still interpreted.
      int count = buffer.remaining() / bytes;
      buffer.asFloatBuffer().get(into, at, count);
      return at + count;
    }
    while (buffer.hasRemaining()) {
      into[next++] = next(buffer);
    }
    return next;
  }

  /** The next element, rounded to a float. */
  float next(ByteBuffer buffer) {
    return switch (this) {
      case F64 -> (float) buffer.getDouble();
      case F32 -> buffer.getFloat();
      case F16 -> Float.float16ToFloat(buffer.getShort());
      case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
      case I64 -> buffer.getLong();
      case I32 -> buffer.getInt();
      case I16 -> buffer.getShort();
      case I8 -> buffer.get();
      case U8, BOOL -> buffer.get() & 0xff;
    };
  }
}
