package dev.cortado.conformance;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One small model, in Cortado's Java, with PyTorch's figures for it: an element of {@code
 * torch.json}, which {@code src/test/python/torch_figures.py} writes.
 */
record TorchCase(
    String name,
    List<String> fields,
    List<String> members,
    List<Named> inputs,
    List<Named> targets,
    Map<String, Figures> parameters,
    String forward,
    String loss,
    Figures output,
    double lossValue,
    Map<String, Figures> gradients) {

  /** Numbers of a tensor, row-major. */
  record Figures(List<Integer> shape, float[] values) {
    int[] dims() {
      return shape.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /**
   * An input or target.
   *
   * @param type {@code Tensor}, {@code Labels} or {@code IntTensor}
   */
  record Named(String name, String type, List<Integer> shape, float[] values) {
    int[] dims() {
      return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    boolean isFloat() {
      return type.equals("Tensor");
    }

    int[] ints() {
      return IntStream.range(0, values.length).map(i -> Math.round(values[i])).toArray();
    }

    String parameter() {
      String others = shape.stream().skip(1).map(size -> ", " + size).collect(Collectors.joining());
      return "@Shape(\"N%s\") %s %s".formatted(others, type, name);
    }
  }

  static List<TorchCase> all() {
    try (InputStream in =
        Objects.requireNonNull(TorchCase.class.getResourceAsStream("torch.json"))) {
      return new Gson()
          .fromJson(
              new InputStreamReader(in, StandardCharsets.UTF_8),
              new TypeToken<List<TorchCase>>() {}.getType());
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** Samples in a batch: every input's first dimension. */
  int batch() {
    return inputs.getFirst().shape().getFirst();
  }

  /** The model's source, a compilation unit. */
  String source(String packageName, String className) {
    return """
        package %s;

        import static dev.cortado.Ops.*;

        import dev.cortado.*;
        import dev.cortado.annotation.*;
        import dev.cortado.nn.*;
        import java.util.*;

        /** %s. */
        @Model
        public class %s {
          %s

          Tensor forward(%s) {
            %s
          }

          Tensor loss(Tensor y%s) {
            %s
          }

          %s
        }
        """
        .formatted(
            packageName,
            name,
            className,
            String.join("\n  ", fields),
            inputs.stream().map(Named::parameter).collect(Collectors.joining(", ")),
            body(forward),
            targets.stream().map(target -> ", " + target.parameter()).collect(Collectors.joining()),
            body(loss),
            String.join("\n\n  ", members));
  }

  private static String body(String code) {
    return code.contains("return ") ? code.replace("; ", ";\n    ") : "return " + code + ";";
  }

  @Override
  public String toString() {
    return name;
  }
}
