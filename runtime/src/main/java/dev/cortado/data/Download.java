package dev.cortado.data;

import dev.cortado.io.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;

/** Fetches a file of a known data set once. */
public final class Download {
  private static final int CHUNK = 1 << 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final URI MNIST = URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/");
  private static final long MNIST_LIMIT = 12_000_000;

  /** The files of MNIST as they were published, with their checksums. */
  private static final Map<String, String> MNIST_FILES =
      Map.of(
          "train-images-idx3-ubyte.gz",
          "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
          "train-labels-idx1-ubyte.gz",
          "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
          "t10k-images-idx3-ubyte.gz",
          "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
          "t10k-labels-idx1-ubyte.gz",
          "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

  private Download() {}

  /**
   * Makes sure that a folder holds the four files of MNIST, for {@link Idx#mnistTrain} and {@link
   * Idx#mnistTest}. What is there already, compressed or not, is taken as it is.
   *
   * @return {@code folder}
   * @throws UncheckedIOException when a file cannot be fetched, with what to do instead
   */
  public static Path mnist(Path folder) {
    return mnist(folder, MNIST);
  }

  static Path mnist(Path folder, URI source) {
    MNIST_FILES.forEach(
        (name, checksum) -> {
          Path file = folder.resolve(name);
          Path plain = folder.resolve(name.replace(".gz", ""));
          if (!Files.exists(plain) && !Files.exists(file)) {
            once(source.resolve(name), checksum, MNIST_LIMIT, file);
          }
        });
    return folder;
  }

  /**
   * Makes sure that {@code file} is there and has the checksum: fetches it when it is not there. It
   * appears under its name only when it is whole.
   *
   * @param sha256 of the content, in hexadecimal digits
   * @param maxBytes more than this is not read
   * @return {@code file}
   * @throws UncheckedIOException when it cannot be fetched, with what to do instead
   * @throws IllegalArgumentException when the content is not what the checksum says
   */
  public static Path once(URI source, String sha256, long maxBytes, Path file) {
    if (Files.exists(file)) {
      check(sha256, digest(file), file.toString());
      return file;
    }
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(source).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("the server answered with status " + response.statusCode());
        }
        AtomicFile.write(
            file, channel -> check(sha256, copy(body, channel, maxBytes), source.toString()));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot fetch %s (%s): fetch it by other means, put it at %s and try again"
              .formatted(source, e, file),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted while fetching " + source, e));
    }
  }

  private static String copy(InputStream in, FileChannel out, long maxBytes) throws IOException {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK];
    long total = 0;
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      total += count;
      if (total > maxBytes) {
        throw new IOException("it goes on after " + maxBytes + " bytes");
      }
      digest.update(chunk, 0, count);
      AtomicFile.writeFully(out, ByteBuffer.wrap(chunk, 0, count));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String digest(Path file) {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void check(String expected, String actual, String what) {
    if (!expected.equalsIgnoreCase(actual)) {
      throw new IllegalArgumentException(
          "%s has the SHA-256 checksum %s, but %s was expected: it is damaged or another version"
              .formatted(what, actual, expected));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
