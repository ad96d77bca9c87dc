package dev.cortado.tornado;

import java.util.List;

/**
 * How a matrix product is cut on a device.
 *
 * @param side a group is a square of so many work items a side
 * @param steps of the depth that pass through local memory at a time: a multiple of the side;
 *     {@code side * steps} is at most 256
 */
public record Tile(int side, int steps) {
  private static final int MOST = 256;

  public Tile {
    if (side < 1 || steps < 1 || steps % side != 0 || side * steps > MOST) {
      throw new IllegalArgumentException(
          "a tile's steps must be a multiple of its side, and side times steps at most %d, got %d and %d"
              .formatted(MOST, side, steps));
    }
  }

  /** Work items in a group. */
  public int items() {
    return side * side;
  }

  /** What is likely best: a GPU wants many items, a core's vector unit few with long loops. */
  static Tile likely(Device device) {
    return candidates(device).getFirst();
  }

  /** What is worth a measurement on a device, the likely one first. */
  static List<Tile> candidates(Device device) {
    return device.kind() == Device.Kind.CPU
        ? List.of(new Tile(16, 16))
        : List.of(new Tile(16, 16), new Tile(8, 32), new Tile(8, 16));
  }
}
