package dev.cortado.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.cortado.io.EventFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads event files back with the protocol buffers library and a checksum that shares no code with
 * the writer.
 */
class TensorBoardTest {
  @TempDir Path folder;

  /** CRC-32C bit by bit, from its polynomial. */
  private static int crc32c(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    return ~crc;
  }

  private static int masked(byte[] bytes) {
    int crc = crc32c(bytes);
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static List<UnknownFieldSet> events(Path file) throws Exception {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<UnknownFieldSet> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertThat(in.getInt()).isEqualTo(masked(length));
      byte[] content =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(content);
      assertThat(in.getInt()).isEqualTo(masked(content));
      events.add(UnknownFieldSet.parseFrom(content));
    }
    return events;
  }

  /** The only value of an event's summary. */
  private static UnknownFieldSet value(UnknownFieldSet event) throws Exception {
    ByteString summary = event.getField(5).getLengthDelimitedList().getFirst();
    return UnknownFieldSet.parseFrom(
        UnknownFieldSet.parseFrom(summary).getField(1).getLengthDelimitedList().getFirst());
  }

  private static String text(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
  }

  private static double number(UnknownFieldSet message, int field) {
    return Double.longBitsToDouble(message.getField(field).getFixed64List().getFirst());
  }

  @Test
  void aRunIsReadBack() throws Exception {
    HandNetwork net = new HandNetwork(2, 6, 4, 0, 1);
    History history =
        Trainer.of(net)
            .epochs(2)
            .batchSize(50)
            .validation(Blobs.of(40, 2))
            .callback(new TensorBoard(folder))
            .quiet()
            .fit(Blobs.of(100, 1));
    List<Path> files;
    try (var content = Files.list(folder)) {
      files = content.toList();
    }
    assertThat(files).hasSize(1);
    List<UnknownFieldSet> events = events(files.getFirst());
    assertThat(text(events.getFirst(), 3)).isEqualTo("brain.Event:2");
    Map<String, UnknownFieldSet> byTag = new HashMap<>();
    for (UnknownFieldSet event : events.subList(1, events.size())) {
      String tag = text(value(event), 1);
      byTag.put(tag + "@" + event.getField(2).getVarintList().getFirst(), value(event));
      assertThat(number(event, 1)).isCloseTo(System.currentTimeMillis() * 1e-3, within(600.0));
    }
    UnknownFieldSet loss = Objects.requireNonNull(byTag.get("loss/validation@4"));
    assertThat(Float.intBitsToFloat(loss.getField(2).getFixed32List().getFirst()))
        .isEqualTo((float) history.last().validationLoss());
    assertThat(byTag).containsKeys("loss/batch@1", "loss/batch@3", "learning rate@2");
    UnknownFieldSet weights =
        UnknownFieldSet.parseFrom(
            Objects.requireNonNull(byTag.get("weights/fc1.weight@4"))
                .getField(5)
                .getLengthDelimitedList()
                .getFirst());
    assertThat(number(weights, 3)).isEqualTo(12);
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += net.weights()[i];
    }
    assertThat(number(weights, 4)).isCloseTo(sum, within(1e-6));
    ByteBuffer buckets =
        weights.getField(7).getLengthDelimitedList().getFirst().asReadOnlyByteBuffer();
    double counted = 0;
    while (buckets.hasRemaining()) {
      counted += buckets.order(ByteOrder.LITTLE_ENDIAN).getDouble();
    }
    assertThat(counted).isEqualTo(12);
  }

  @Test
  void imagesAreKeptAsTheyAre() throws Exception {
    byte[] png = {1, 2, 3, (byte) 200};
    try (EventFile file = EventFile.create(folder)) {
      file.image("answers", 1L << 40, 28, 30, png);
      file.histogram("constant", 1, new float[] {2, 2, Float.NaN}, 0, 3);
      file.flush();
      List<UnknownFieldSet> events = events(file.file());
      assertThat(events.get(1).getField(2).getVarintList()).containsExactly(1L << 40);
      UnknownFieldSet image =
          UnknownFieldSet.parseFrom(
              value(events.get(1)).getField(4).getLengthDelimitedList().getFirst());
      assertThat(image.getField(1).getVarintList()).containsExactly(28L);
      assertThat(image.getField(2).getVarintList()).containsExactly(30L);
      assertThat(image.getField(4).getLengthDelimitedList().getFirst().toByteArray())
          .isEqualTo(png);
      UnknownFieldSet constant =
          UnknownFieldSet.parseFrom(
              value(events.get(2)).getField(5).getLengthDelimitedList().getFirst());
      assertThat(number(constant, 3)).isEqualTo(2);
    }
  }
}
