package dev.cortado.benchmarks.peer;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes ONNX models: the few fields of {@code onnx.proto} that ours need. Values are named by the
 * caller; nodes stand in the order they are added in.
 */
final class OnnxGraph {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  /** Fields of ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto and below. */
  private static final int IR_VERSION = 9;

  private final Message graph = new Message();

  /** An attribute of a node. */
  record Attribute(String name, Object value) {}

  /** What is written of a protobuf message. */
  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    interface Write {
      void to(CodedOutputStream out) throws IOException;
    }

    Message put(Write write) {
      try {
        write.to(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return this;
    }

    Message text(int field, String value) {
      return put(o -> o.writeString(field, value));
    }

    Message number(int field, long value) {
      return put(o -> o.writeInt64(field, value));
    }

    Message message(int field, Message value) {
      return put(o -> o.writeBytes(field, value.end()));
    }

    ByteString end() {
      put(CodedOutputStream::flush);
      return ByteString.copyFrom(bytes.toByteArray());
    }
  }

  OnnxGraph() {
    graph.text(2, "cortado");
  }

  /** Adds a node with one output, and returns its output's name. */
  String node(String operator, List<String> inputs, String output, Attribute... attributes) {
    return node("", operator, inputs, List.of(output), attributes);
  }

  /**
   * Adds a node.
   *
   * @param domain empty for ONNX's own operators
   * @return the last output's name
   */
  String node(
      String domain,
      String operator,
      List<String> inputs,
      List<String> outputs,
      Attribute... attributes) {
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    outputs.forEach(output -> node.text(2, output));
    node.text(3, outputs.getLast()).text(4, operator);
    for (Attribute attribute : attributes) {
      node.message(5, attribute(attribute));
    }
    if (!domain.isEmpty()) {
      node.text(7, domain);
    }
    graph.message(1, node);
    return outputs.getLast();
  }

  private static Message attribute(Attribute attribute) {
    Message m = new Message().text(1, attribute.name());
    return switch (attribute.value()) {
      case Float f -> m.put(o -> o.writeFloat(2, f)).number(20, 1);
      case Long l -> m.number(3, l).number(20, 2);
      case String s -> m.text(4, s).number(20, 3);
      case long[] values -> {
        for (long value : values) {
          m.number(8, value);
        }
        yield m.number(20, 7);
      }
      default -> throw new IllegalArgumentException("no attribute can be " + attribute.value());
    };
  }

  /** Adds a constant, and returns its name. */
  String constant(String name, float[] values, long... shape) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return constant(name, FLOAT, raw, shape);
  }

  /** Adds a constant vector of integers, such as a shape, and returns its name. */
  String constant(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    return constant(name, INT64, raw, values.length);
  }

  private String constant(String name, int type, ByteBuffer raw, long... shape) {
    Message tensor = new Message();
    for (long size : shape) {
      tensor.number(1, size);
    }
    tensor.number(2, type).text(8, name).put(o -> o.writeBytes(9, ByteString.copyFrom(raw)));
    graph.message(5, tensor);
    return name;
  }

  void input(String name, long... shape) {
    graph.message(11, value(name, shape));
  }

  void output(String name, long... shape) {
    graph.message(12, value(name, shape));
  }

  private static Message value(String name, long[] shape) {
    Message dimensions = new Message();
    for (long size : shape) {
      dimensions.message(1, new Message().number(1, size));
    }
    Message tensor = new Message().number(1, FLOAT).message(2, dimensions);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** The model, for ONNX's operators of this version and ONNX Runtime's own. */
  byte[] model(int operatorSet) {
    return new Message()
        .number(1, IR_VERSION)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, operatorSet))
        .message(8, new Message().text(1, "com.microsoft").number(2, 1))
        .end()
        .toByteArray();
  }
}
