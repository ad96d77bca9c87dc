package dev.cortado.data;

import dev.cortado.Batch;
import dev.cortado.Port;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * PNG and JPEG files in a folder with a folder for each class, whose name is the class's. Images
 * are read when they are asked for, so {@code Trainer.prefetch()} is worth it; pixels are between 0
 * and 1. Needs the module java.desktop.
 */
public final class ImageFolder implements Dataset {
  /** Pixels of the largest image that is scaled: 256 MiB while it is. */
  private static final long MAX_PIXELS = 1L << 26;

  private final List<String> classes;
  private final List<Path> files;
  private final int[] labels;
  private final int channels;
  private final int height;
  private final int width;
  private final boolean resize;

  private ImageFolder(
      List<String> classes,
      List<Path> files,
      int[] labels,
      int channels,
      int height,
      int width,
      boolean resize) {
    this.classes = classes;
    this.files = files;
    this.labels = labels;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.resize = resize;
  }

  /**
   * Lists the files; reads none.
   *
   * @param channels 1 for grey, 3 for red, green, blue
   * @throws IllegalArgumentException when there are no folders or one holds no image
   */
  public static ImageFolder read(Path folder, int channels, int height, int width) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 or 3 channels, got " + channels);
    }
    List<Path> folders = list(folder).stream().filter(Files::isDirectory).toList();
    if (folders.isEmpty()) {
      throw new IllegalArgumentException(
          folder + " holds no folders: one for each class, with its images, was expected");
    }
    List<String> classes = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path of : folders) {
      List<Path> images = list(of).stream().filter(ImageFolder::isImage).toList();
      if (images.isEmpty()) {
        throw new IllegalArgumentException("class folder " + of + " holds no PNG or JPEG file");
      }
      images.forEach(image -> labels.add(classes.size()));
      files.addAll(images);
      classes.add(of.getFileName().toString());
    }
    int[] numbers = labels.stream().mapToInt(Integer::intValue).toArray();
    return new ImageFolder(
        List.copyOf(classes), List.copyOf(files), numbers, channels, height, width, false);
  }

  /** Images of other sizes are scaled instead of refused. */
  public ImageFolder resized() {
    return new ImageFolder(classes, files, labels, channels, height, width, true);
  }

  /** The classes' names, by label. */
  public List<String> classes() {
    return classes;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> content = Files.list(folder)) {
      return content.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder + ": " + e, e);
    }
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public List<Column> inputs() {
    return List.of(new Column(Port.Kind.FLOAT, List.of(channels, height, width)));
  }

  @Override
  public List<Column> targets() {
    return List.of(new Column(Port.Kind.LABEL, List.of()));
  }

  @Override
  public int[] labels() {
    return labels.clone();
  }

  @Override
  public void read(int sample, long draw, Batch into, int row) {
    BufferedImage image = image(files.get(sample));
    int plane = height * width;
    float[] x = (float[]) into.inputs().getFirst();
    int at = row * channels * plane;
    for (int i = 0; i < plane; i++) {
      int rgb = image.getRGB(i % width, i / width);
      float red = (rgb >> 16 & 0xff) / 255f;
      float green = (rgb >> 8 & 0xff) / 255f;
      float blue = (rgb & 0xff) / 255f;
      if (channels == 1) {
        x[at + i] =
            red == green && green == blue ? red : 0.299f * red + 0.587f * green + 0.114f * blue;
      } else {
        x[at + i] = red;
        x[at + plane + i] = green;
        x[at + 2 * plane + i] = blue;
      }
    }
    ((int[]) into.targets().getFirst())[row] = labels[sample];
  }

  private BufferedImage image(Path file) {
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IllegalArgumentException(file + " is not a PNG or JPEG image");
      }
      ImageReader reader = readers.next();
      try {
        // Without what else a file may hold: comments, profiles.
        reader.setInput(in, true, true);
        checkSize(file, size(file, reader));
        BufferedImage image = decoded(file, reader);
        boolean fits = image.getWidth() == width && image.getHeight() == height;
        return fits ? image : scaled(image);
      } finally {
        reader.dispose();
      }
    } catch (IIOException | EOFException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
  }

  private static Dimension size(Path file, ImageReader reader) throws IOException {
    try {
      return new Dimension(reader.getWidth(0), reader.getHeight(0));
    } catch (RuntimeException e) {
      throw damaged(file, e);
    }
  }

  /** Readers also fail with exceptions of any kind when a file is damaged. */
  private static BufferedImage decoded(Path file, ImageReader reader) throws IOException {
    try {
      return reader.read(0);
    } catch (RuntimeException e) {
      throw damaged(file, e);
    }
  }

  private static IllegalArgumentException damaged(Path file, Exception e) {
    return new IllegalArgumentException(file + " is damaged: " + e.getMessage(), e);
  }

  /** Before pixels are decoded: a small file may state any size. */
  private void checkSize(Path file, Dimension actual) {
    boolean fits = actual.width == width && actual.height == height;
    if (!fits && (!resize || (long) actual.width * actual.height > MAX_PIXELS)) {
      throw new IllegalArgumentException(
          "%s is %d×%d pixels, but %d×%d was expected; .resized() scales images of up to %,d pixels"
              .formatted(file, actual.width, actual.height, width, height, MAX_PIXELS));
    }
  }

  private BufferedImage scaled(BufferedImage image) {
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }
}
