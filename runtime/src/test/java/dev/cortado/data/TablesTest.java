package dev.cortado.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parquet and Arrow files that pyarrow wrote; see {@code table_files.py}. */
class TablesTest {
  @TempDir Path folder;

  /** A format, by the file that pyarrow wrote. */
  private record Format(String name, Function<Path, Table> reader) {
    Path file() {
      try {
        return Path.of(Objects.requireNonNull(TablesTest.class.getResource(name)).toURI());
      } catch (URISyntaxException e) {
        throw new AssertionError(e);
      }
    }

    Table read() {
      return reader.apply(file());
    }
  }

  private static List<Format> formats() {
    return List.of(
        new Format("houses.parquet", Parquet::read), new Format("houses.arrow", Arrow::read));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void columnsAreTyped(Format format) {
    Table table = format.read();
    assertThat(table.size()).isEqualTo(3);
    assertThat(table.columns()).startsWith("area", "rooms", "lift", "district", "note", "price");
    Dataset data =
        table.numbers("area", "rooms", "lift").oneHot("district").label("rooms").dataset();
    assertThat((float[]) data.all().inputs().getFirst())
        .containsExactly(50.5f, 2, 1, 1, 0, 70.25f, 3, 0, 0, 1, 30, 1, 1, 1, 0);
    assertThat(data.labels()).containsExactly(1, 2, 0);
    assertThat(table.text("id")).containsExactly("9007199254740992", "1", "-7");
    assertThat(table.text("note")).containsExactly("a", "", "ä");
    assertThat(table.text("price")).containsExactly("100.5", "", "60");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void mistakesAreTold(Format format) {
    Table table = format.read();
    assertThatThrownBy(() -> table.numbers("price").dataset())
        .hasMessage(format.file() + ", row 2: price should be a number but is \"\"");
    assertThatThrownBy(() -> table.numbers("note").dataset())
        .hasMessageEndingWith("row 1: note should be a number but is \"a\"");
    assertThatThrownBy(() -> table.numbers("sold").dataset())
        .hasMessageMatching("column \"sold\" holds values of type .*, which are not read");
    assertThatThrownBy(() -> table.numbers("size")).hasMessageContaining("has no column \"size\"");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void damagedFilesAreRefused(Format format) throws Exception {
    byte[] whole = Files.readAllBytes(format.file());
    Path file = folder.resolve("damaged");
    for (int length : List.of(0, 3, 100, whole.length - 20)) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> format.reader.apply(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(file + " cannot be read as ");
    }
    assertThatThrownBy(() -> format.reader.apply(folder.resolve("none")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none");
  }

  @Test
  void aMissingLibraryIsNamed() {
    assertThatThrownBy(() -> OptionalLibrary.require("no.such.Type", "a:b", "Such files"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Such files need the optional library a:b on the class path");
  }
}
