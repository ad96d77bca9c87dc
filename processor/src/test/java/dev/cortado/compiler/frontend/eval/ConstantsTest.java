package dev.cortado.compiler.frontend.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.compiler.frontend.eval.Programs.Failed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Compile-time values against Java itself: the same expressions run as compiled code, and staged,
 * where the text of each value ends the staging as the message of an exception.
 */
class ConstantsTest {
  private static final List<String> EXPRESSIONS =
      List.of(
          "Integer.MAX_VALUE + 1",
          "Integer.MIN_VALUE - 1",
          "Integer.MAX_VALUE * 3",
          "7 / 2",
          "-7 / 2",
          "-7 % 3",
          "7 % -3",
          "7 / 2.0",
          "7f / 2",
          "1 / 3f",
          "1e10f * 1e10f * 1e30f",
          "0.1 + 0.2",
          "0.1f + 0.2f",
          "0.1f + 0.2",
          "1L << 40",
          "1 << 33",
          "1 << -1",
          "-1 >> 3",
          "-1 >>> 28",
          "-1L >>> 60",
          "5 & 3 | 8 ^ 2",
          "~5",
          "~5L",
          "true ^ false",
          "!true | true",
          "(byte) 200",
          "(short) 70000",
          "(char) 65",
          "(char) ('a' + 1)",
          "'a' + 1",
          "'a' + \"b\" + 1 + 2",
          "1 + 2 + \"x\" + 1 + 2",
          "\"\" + 1.0f + 1.0 + 100L + null + true + 'c'",
          "(int) 3.99",
          "(int) -3.99",
          "(int) Double.NaN",
          "(int) 1e20",
          "(long) 1e20f",
          "(int) Float.POSITIVE_INFINITY",
          "(float) 0.1",
          "(double) 0.1f",
          "(byte) 300.7",
          "0.0 / 0.0",
          "1 / 0.0",
          "-1 / 0.0f",
          "5 % 2.5",
          "-5.5f % 2",
          "0.0 == -0.0",
          "Double.NaN == Double.NaN",
          "3 > 2 ? 1 : 2.0",
          "false ? 1 : 'a'",
          "true ? (short) 1 : 'a'",
          "Math.sqrt(2)",
          "Math.max(1, 2L)",
          "Math.abs(-0.0f)",
          "Math.floorMod(-7, 3)",
          "Math.round(2.5f)",
          "Math.pow(2, 0.5)",
          "Math.PI",
          "Integer.parseInt(\"12\") + Integer.bitCount(255)",
          "Integer.toHexString(-1)",
          "Double.compare(0.0, -0.0)",
          "\"hello\".substring(1, 3).length()",
          "\"a,b,c\".split(\",\")[1]",
          "String.format(\"%03d|%.2f|%s\", 7, 1.5, \"x\")",
          "\"ab\".repeat(3).indexOf('b')",
          "\"x\".equals(\"x\") && \"a\".compareTo(\"b\") < 0",
          "String.join(\"-\", \"a\", \"b\")",
          "Character.isDigit('7')",
          "Long.MAX_VALUE + 1",
          "Long.MIN_VALUE / -1",
          "Float.MIN_VALUE / 2",
          "(float) 1e-50",
          "1_000_000 * 1_000_000",
          "1_000_000 * 1_000_000L",
          "'\\u0041' < 66",
          "+'a'",
          "-(byte) -128",
          "2 + 3 * 4 - 10 / 4 % 3");

  private static final List<String> BLOCKS =
      List.of(
          "int i = 5; i += 2.7; r = i;",
          "byte b = 10; b += 300; r = b;",
          "short s = 1; s <<= 15; r = s;",
          "char c = 'a'; c++; r = c;",
          "byte b = 127; b++; r = b;",
          "int i = 3; r = i++ + ++i - i-- * --i;",
          "long l = 1; l <<= 35; r = l;",
          "float f = 1; f /= 3; r = f;",
          "String s = \"a\"; s += 1 + 2; s += 'c'; r = s;",
          "int[] a = {1, 2, 3}; int i = 0; a[i++] += 10; a[i] = a[i - 1] * 2; r = a[0] + a[1] + i;",
          "int[][] a = new int[2][3]; a[1][2] = 5; r = a.length + a[0].length + a[1][2];",
          "double d = 0; for (int i = 0; i < 10; i++) { if (i % 2 == 0) continue; if (i > 7) break;"
              + " d += 1.0 / i; } r = d;",
          "int n = 0; outer: for (int i = 0; i < 5; i++) { for (int j = 0; j < 5; j++) { if (j =="
              + " 3) continue outer; if (i == 3) break outer; n += i * j; } } r = n;",
          "int n = 0; do { n += 3; } while (n < 10); r = n;",
          "int n = 1; while (n < 100) n *= 3; r = n;",
          "int k = 3; String s; switch (k) { case 1: s = \"one\"; break; case 3: s = \"three\";"
              + " case 4: s = \"four\"; break; default: s = \"many\"; } r = s;",
          "int k = 7; r = switch (k % 4) { case 0, 1 -> \"low\"; case 3 -> { int t = k * 2; yield"
              + " t; } default -> 1.5; };",
          "String k = \"b\"; r = switch (k) { case \"a\" -> 1; case \"b\" -> 2; default -> 3; };",
          "List<Integer> l = new ArrayList<>(List.of(3, 1, 2)); l.add(7); l.set(0, 9); l.add(1, 5);"
              + " l.remove(2); int t = 0; for (int v : l) t = t * 10 + v; r = t + \" \" + l.size()"
              + " + l.contains(7) + l.indexOf(2);",
          "List<Integer> l = new ArrayList<>(); for (int i = 0; i < 4; i++) l.add(i * i);"
              + " r = l.getLast() + l.get(2) + l.reversed().get(0) + l.subList(1, 3).toString();",
          "var l = List.of(1, 2); var m = new ArrayList<>(l); m.addAll(l); r = m.size() + \"\" +"
              + " m;",
          "Object o = 5; r = o instanceof Integer i && i > 3 ? \"big \" + i : \"no\";",
          "Object o = \"text\"; r = switch (o) { case Integer i -> i; case String s when s.length()"
              + " > 9 -> \"long\"; case String s -> s + s.length(); default -> 0; };",
          "IntUnaryOperator f = v -> v * 2; IntUnaryOperator g = f; r = f.applyAsInt(4) +"
              + " g.applyAsInt(1);",
          "int k = 4; UnaryOperator<String> f = s -> { String t = s + k; return t + t; };"
              + " r = f.apply(\"x\");",
          "BiFunction<Integer, Integer, Integer> f = Math::max; r = f.apply(3, 9);",
          "Function<String, Integer> f = String::length; r = f.apply(\"four\");",
          "Supplier<String> f = \"abc\"::trim; r = f.get();",
          "double[] a = new double[3]; Arrays.fill(a, 2.5); double t = 0; for (double v : a) t +="
              + " v; r = t;",
          "int[] a = {1, 2, 3}; int[] b = Arrays.copyOf(a, 5); b[0] = 9; r = Arrays.toString(a) +"
              + " Arrays.toString(b) + a.clone().length;",
          "Integer boxed = 5; long wide = boxed; Double d = 2.0; r = wide + d;",
          "final int k; if (3 > 2) k = 1; else k = 2; r = k;",
          "int x = 1; { int y = x + 1; x = y; } r = x;",
          "boolean b = true; b &= false; b |= true; b ^= true; r = b;");

  private static final String HELPERS =
      """
      enum Mode { FAST, SLOW { @Override int cost() { return 10; } }; final int base; int cost() { return base; } Mode() { base = ordinal() + 1; } }
      record Pair(int a, int b) { Pair { if (a > b) { int t = a; a = b; b = t; } } int sum() { return a + b; } static Pair of(int v) { return new Pair(v, v); } }
      sealed interface Figure { double area(); default String text() { return "area " + area(); } }
      record Square(double side) implements Figure { public double area() { return side * side; } }
      record Circle(double radius) implements Figure { public double area() { return 3 * radius * radius; } }
      static abstract class Base { int x = 1; { x += 10; } Base() { x *= 2; init(); } abstract void init(); int get() { return x; } }
      static class Derived extends Base { int y = 5; Derived(int k) { super(); y += k; } Derived() { this(3); } void init() { y = 100; x += 1; } @Override int get() { return super.get() * 1000 + y; } }
      class Inner { int v = count++; int outer() { return count * 10 + v; } }
      int count = 3;
      static final int[] TABLE = {2, 3, 5};
      static final List<String> NAMES; static { NAMES = new ArrayList<>(); NAMES.add("n0"); }
      static int fact(int n) { return n <= 1 ? 1 : n * fact(n - 1); }
      static int sum(int... v) { int t = 0; for (int x : v) t += x; return t; }
      static <T> T second(T a, T b) { return b; }
      """;

  private static final List<String> OBJECTS =
      List.of(
          "r = Mode.FAST.cost() + Mode.SLOW.cost() + \" \" + Mode.SLOW +"
              + " Mode.valueOf(\"FAST\").ordinal() + Mode.values().length;",
          "Mode m = Mode.SLOW; r = switch (m) { case FAST -> 1; case SLOW -> 2; };",
          "r = 0; Mode m = Mode.FAST; switch (m) { case SLOW: r = 1; break; case FAST: r = 2; }",
          "Pair p = new Pair(5, 2); r = p.a() + p.b * 10 + p.sum() * 100 + \"\" + p;",
          "r = new Pair(1, 2).equals(new Pair(2, 1)) + \"\" + Pair.of(4).equals(new Pair(4, 5));",
          "Figure f = new Circle(2); r = f.text() + new Square(3).text();",
          "Figure f = new Square(3); r = switch (f) { case Square(double s) when s > 5 -> s; case"
              + " Square(var s) -> -s; case Circle c -> c.area(); };",
          "Object o = new Pair(1, 2); r = o instanceof Pair(int a, int b) ? a * 10 + b : 0;",
          "r = new Derived().get() + new Derived(9).y;",
          "Inner i = new Inner(); Inner j = this.new Inner(); r = i.v + j.v * 10 + i.outer() *"
              + " 100;",
          "r = TABLE[1] + TABLE.length + NAMES.get(0);",
          "r = fact(6) + sum() + sum(1) + sum(1, 2, 3) + sum(new int[] {4, 5}) + second(1, 7);",
          "Base b = new Base() { int z = 4; void init() { x = 50; } @Override int get() { return x"
              + " + z; } }; r = b.get() + b.x;",
          "int k = 6; class Local { int f(int v) { return v * k + count; } } r = new Local().f(2);",
          "Function<Integer, Pair> f = Pair::of; BiFunction<Integer, Integer, Pair> g = Pair::new;"
              + " r = f.apply(1).sum() + g.apply(3, 4).sum();",
          "IntFunction<int[]> f = int[]::new; r = f.apply(3).length;",
          "r = Objects.requireNonNull(\"v\") + Objects.equals(1, 1) +"
              + " Objects.requireNonNullElse(null, 3);",
          "List<Figure> l = List.of(new Square(1), new Circle(1)); double t = 0; for (Figure f : l)"
              + " t += f.area(); r = t;",
          "Object o = null; r = (o == null) + \" \" + (o instanceof String) +"
              + " Integer.valueOf(5).equals(5);",
          "r = (count = 8) + count; this.count += 2; r += \" \" + this.count + M.this.count;");

  @Test
  void expressionsAreWorthWhatJavaSays() {
    List<String> bodies = EXPRESSIONS.stream().map(e -> "r = " + e + ";").toList();
    compare("", bodies);
  }

  @Test
  void statementsDoWhatJavaDoes() {
    compare("", BLOCKS);
  }

  @Test
  void objectsBehaveAsInJava() {
    compare(HELPERS, OBJECTS);
  }

  private static void compare(String helpers, List<String> bodies) {
    StringBuilder members = new StringBuilder(helpers);
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      members.append("String f" + i + "() { Object r; " + bodies.get(i) + " return \"\" + r; }\n");
      calls.add("\"" + i + ": \" + new M().f" + i + "()");
    }
    String all = String.join(" + \"\\n\" + ", calls);
    members.append("static String all() { return " + all + "; }\n");
    members.append(
        "Tensor forward(@Shape(\"N\") Tensor x) { throw new IllegalStateException(all()); }");
    String program = Programs.model(members.toString());
    String java = CompiledProgram.call(program, "M", "all");
    Failed staged = Programs.failure(program);
    if (!staged.key.equals("thrown")) {
      throw new AssertionError(staged.getMessage(), staged.getCause());
    }
    assertThat(String.valueOf(staged.getMessage()).lines())
        .containsExactlyElementsOf(java.lines().toList());
  }
}
