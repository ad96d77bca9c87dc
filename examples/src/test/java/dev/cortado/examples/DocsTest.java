package dev.cortado.examples;

import static com.google.testing.compile.Compiler.javac;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.cortado.examples.Page.Fence;
import dev.cortado.processor.CortadoProcessor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the documentation shows compiles; where it shows an error, that is the error. CONTRIBUTING
 * says how a page's snippets are read.
 */
final class DocsTest {
  private static final String IMPORTS =
      Stream.of(
              "static dev.cortado.Ops.*",
              "dev.cortado.*",
              "dev.cortado.annotation.*",
              "dev.cortado.data.*",
              "dev.cortado.io.*",
              "dev.cortado.nn.*",
              "dev.cortado.train.*",
              "java.nio.file.*",
              "java.util.*")
          .map(name -> "import " + name + "; ")
          .collect(joining());

  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:public |final |abstract )*(?:class|record|interface|enum) (\\w+)");

  @TestFactory
  Stream<DynamicTest> pagesCompile() throws IOException {
    return Page.all().stream()
        .filter(page -> page.fences().stream().anyMatch(Fence::isJava))
        .map(page -> DynamicTest.dynamicTest(page.toString(), () -> compiles(page)));
  }

  @TestFactory
  Stream<DynamicTest> errorsAreAsShown() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Page page : Page.all()) {
      for (int i = 0; i + 1 < page.fences().size(); i++) {
        Fence wrong = page.fences().get(i);
        Fence shown = page.fences().get(i + 1);
        if (wrong.info().equals("java wrong")) {
          String name = page + ":" + wrong.line();
          tests.add(DynamicTest.dynamicTest(name, () -> isAnsweredBy(page, wrong, shown)));
        }
      }
    }
    return tests.stream();
  }

  private static void compiles(Page page) {
    Compilation compilation = compile(sources(page));
    assertThat(compilation.errors()).as(page.toString()).isEmpty();
  }

  private static void isAnsweredBy(Page page, Fence wrong, Fence shown) {
    Compilation compilation = compile(List.of(unit(page, wrong)));
    String errors = compilation.errors().stream().map(DocsTest::text).collect(joining("\n"));
    assertThat(errors.strip()).isEqualTo(shown.text().strip());
  }

  /** As javac prints it. */
  private static String text(Diagnostic<? extends JavaFileObject> error) {
    return error.toString().replaceFirst("^/?(?:\\w+/)*", "");
  }

  private static Compilation compile(List<JavaFileObject> sources) {
    return javac().withProcessors(new CortadoProcessor()).compile(sources);
  }

  private static List<JavaFileObject> sources(Page page) {
    List<JavaFileObject> sources = new ArrayList<>();
    StringBuilder statements = new StringBuilder();
    StringBuilder given = new StringBuilder();
    for (Fence fence : page.fences()) {
      if (fence.isJava() && fence.isUnit()) {
        sources.add(unit(page, fence));
      } else if (fence.isJava()) {
        statements.append(fence.text());
        if (fence.note().startsWith("given: ")) {
          given
              .append(given.isEmpty() ? "" : ", ")
              .append(fence.note().substring("given: ".length()));
        }
      }
    }
    String method =
        "final class Statements {\nstatic void run(%s) throws Exception {\n%s}\n}\n"
            .formatted(given, statements);
    sources.add(
        JavaFileObjects.forSourceString(packageOf(page) + ".Statements", header(page) + method));
    return sources;
  }

  /**
   * The snippet as a file; what is put before it stands on its first line, to keep line numbers.
   */
  private static JavaFileObject unit(Page page, Fence fence) {
    Matcher type = TYPE.matcher(fence.text());
    assertThat(type.find()).as("a class in the snippet of line %s", fence.line()).isTrue();
    return JavaFileObjects.forSourceString(
        packageOf(page) + "." + type.group(1), header(page) + fence.text());
  }

  private static String header(Page page) {
    return "package " + packageOf(page) + "; " + IMPORTS;
  }

  private static String packageOf(Page page) {
    return "docs." + page.id().toLowerCase(Locale.ROOT);
  }
}
