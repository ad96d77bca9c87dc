package dev.cortado.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import dev.cortado.kernel.Activation;
import dev.cortado.kernel.ConvShape;
import dev.cortado.kernel.Convolution;
import dev.cortado.kernel.Gemm;
import dev.cortado.kernel.Layout;
import dev.cortado.kernel.MaxPooling;
import dev.cortado.kernel.PoolShape;
import dev.cortado.kernel.Strip;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The classes of {@code dev.cortado.kernel} that generated statements name, to be imported. */
final class RuntimeNames {
  private static final Map<String, Class<?>> CLASSES =
      List.of(
              Activation.class,
              Convolution.class,
              ConvShape.class,
              Gemm.class,
              Layout.class,
              MaxPooling.class,
              PoolShape.class,
              Strip.class)
          .stream()
          .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.])(" + String.join("|", CLASSES.keySet()) + ")(?=[.(])");

  private RuntimeNames() {}

  /** Statements as they stand, with those classes imported. */
  static CodeBlock code(String text) {
    CodeBlock.Builder code = CodeBlock.builder();
    Matcher matcher = NAME.matcher(text);
    int end = 0;
    while (matcher.find()) {
      code.add("$L$T", text.substring(end, matcher.start()), CLASSES.get(matcher.group(1)));
      end = matcher.end();
    }
    return code.add("$L", text.substring(end)).build();
  }
}
