package dev.cortado.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
  private static final String HOUSES =
      "\uFEFFarea,district,price,\"sold \"\"as is\"\"\"\r\n"
          + "50,North,100.5,yes\r\n\r\n"
          + "70,\"South, far\",90,no\n"
          + "30,North,\"60\",yes";

  @TempDir Path folder;

  private static Table houses() throws Exception {
    return Csv.read(new StringReader(HOUSES), "houses.csv");
  }

  @Test
  void csvColumnsAreTyped() throws Exception {
    Table csv = houses();
    assertThat(csv.columns()).containsExactly("area", "district", "price", "sold \"as is\"");
    Dataset data = csv.numbers("area").oneHot("district").target("price").dataset();
    assertThat((float[]) data.all().inputs().getFirst())
        .containsExactly(50, 1, 0, 70, 0, 1, 30, 1, 0);
    assertThat((float[]) data.all().targets().getFirst()).containsExactly(100.5f, 90, 60);
    assertThat(data.targets().getFirst().shape()).isEqualTo(List.of(1));
    Dataset labelled = csv.numbers("area", "price").label("sold \"as is\"").dataset();
    assertThat(labelled.labels()).containsExactly(1, 0, 1);
  }

  @Test
  void csvMistakesAreTold() throws Exception {
    Table csv = houses();
    assertThatThrownBy(() -> csv.numbers("size"))
        .hasMessage(
            "houses.csv has no column \"size\"; there are [area, district, price, sold \"as is\"]");
    assertThatThrownBy(() -> csv.numbers("district").dataset())
        .hasMessage("houses.csv, row 1: district should be a number but is \"North\"");
    assertThatThrownBy(() -> csv.numbers("area").label("district", List.of("North")).dataset())
        .hasMessage("houses.csv, row 2: district is \"South, far\", which is none of [North]");
    refuses("", "f is empty");
    refuses("a,b\n1\n", "f, line 2: 1 cells, but the header names 2 columns");
    refuses("a,a\n", "f names a column twice: [a, a]");
    refuses("a\n\"1", "f, line 2: a quote is opened and never closed");
    refuses("a\n\"1\"2", "f, line 2: '2' after a closing quote");
  }

  private static void refuses(String text, String message) {
    assertThatThrownBy(() -> Csv.read(new StringReader(text), "f"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void cifarFilesAreRead() throws Exception {
    Path file = folder.resolve("test_batch.bin");
    byte[] rows = new byte[2 * 3073];
    rows[0] = 9;
    rows[1] = (byte) 255;
    rows[3073] = 3;
    rows[3073 + 3072] = 51;
    Files.write(file, rows);
    Dataset data = Cifar.test10(folder);
    assertThat(data.labels()).containsExactly(9, 3);
    float[] pixels = (float[]) data.all().inputs().getFirst();
    assertThat(pixels[0]).isEqualTo(1);
    assertThat(pixels[2 * 3072 - 1]).isEqualTo(0.2f);
    rows[3073] = 10;
    Files.write(file, rows);
    assertThatThrownBy(() -> Cifar.test10(folder))
        .hasMessageContaining("label 10 of image 1 is not between 0 and 9");
    Files.write(file, new byte[3000]);
    assertThatThrownBy(() -> Cifar.test10(folder)).hasMessageContaining("cut short");
    assertThatThrownBy(() -> Cifar.train10(folder)).hasMessageContaining("data_batch_1.bin");
    byte[] fine = new byte[3074];
    fine[0] = 7;
    fine[1] = 42;
    Files.write(file, fine);
    assertThat(Cifar.read100(file).labels()).containsExactly(42);
    assertThat(Cifar.read100Coarse(file).labels()).containsExactly(7);
  }

  @Test
  void imageFoldersAreRead() throws Exception {
    write("cat/1.png", 2, 3, 0xff0000);
    write("dog/1.png", 2, 3, 0x0000ff);
    write("dog/2.png", 4, 6, 0x00ff00);
    ImageFolder data = ImageFolder.read(folder, 3, 3, 2);
    assertThat(data.classes()).containsExactly("cat", "dog");
    assertThat(data.labels()).containsExactly(0, 1, 1);
    float[] first = (float[]) data.take(1).all().inputs().getFirst();
    assertThat(first).hasSize(18).startsWith(1, 1, 1, 1, 1, 1, 0, 0);
    assertThatThrownBy(data::all).hasMessageContaining("2.png is 4×6 pixels, but 2×3 was expected");
    float[] all = (float[]) data.resized().all().inputs().getFirst();
    assertThat(all[2 * 18 + 6]).isEqualTo(1);
    float[] grey = (float[]) ImageFolder.read(folder, 1, 3, 2).take(1).all().inputs().getFirst();
    assertThat(grey[0]).isCloseTo(0.299f, within(1e-6f));
    Files.write(folder.resolve("dog/2.png"), new byte[] {1, 2, 3});
    assertThatThrownBy(data::all).hasMessageContaining("2.png is not a PNG or JPEG image");
    Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> ImageFolder.read(folder, 3, 3, 2))
        .hasMessageContaining("holds no PNG or JPEG file");
  }

  private void write(String name, int width, int height, int rgb) throws Exception {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, rgb);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void gridsArePictures() throws Exception {
    Path file = folder.resolve("grid.png");
    ImageGrid grid = new ImageGrid(1, 8, 8, 2);
    for (int i = 0; i < 3; i++) {
      grid.add(new float[64], 0, "a", i == 0);
    }
    grid.write(file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(2 * (64 + 8) + 8);
    assertThat(image.getRGB(10, 10)).isEqualTo(0xff000000);
    assertThat(image.getRGB(2, 2)).isEqualTo(0xffffffff);
  }
}
