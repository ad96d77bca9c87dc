package dev.cortado.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final byte[] CONTENT = "hello\n".getBytes(StandardCharsets.UTF_8);
  private static final String SHA256 =
      "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

  @TempDir Path folder;
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          boolean known = exchange.getRequestURI().getPath().equals("/data");
          exchange.sendResponseHeaders(known ? 200 : 404, known ? CONTENT.length : -1);
          if (known) {
            exchange.getResponseBody().write(CONTENT);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  @Test
  void aFileIsFetchedOnce() throws Exception {
    Path file = folder.resolve("sub/data");
    assertThat(Download.once(uri("/data"), SHA256, 100, file)).isEqualTo(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
    Download.once(uri("/data"), SHA256, 100, file);
    assertThat(requests).hasValue(1);
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> Download.once(uri("/data"), SHA256, 100, file))
        .hasMessageContaining("it is damaged or another version");
  }

  @Test
  void whatGoesWrongIsToldAndLeavesNothing() {
    Path file = folder.resolve("data");
    String other = SHA256.replace('5', '6');
    assertThatThrownBy(() -> Download.once(uri("/data"), other, 100, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has the SHA-256 checksum " + SHA256);
    assertThatThrownBy(() -> Download.once(uri("/data"), SHA256, 3, file))
        .hasMessageContaining("it goes on after 3 bytes");
    assertThatThrownBy(() -> Download.once(uri("/none"), SHA256, 100, file))
        .hasMessageContaining("status 404");
    URI gone = uri("/data");
    server.stop(0);
    assertThatThrownBy(() -> Download.once(gone, SHA256, 100, file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("put it at " + file + " and try again");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void mnistIsTakenAsItIsThereAndFetchedOtherwise() throws Exception {
    for (String name :
        new String[] {
          "train-images-idx3-ubyte", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte"
        }) {
      Files.write(folder.resolve(name), CONTENT);
    }
    assertThatThrownBy(() -> Download.mnist(folder, uri("/")))
        .hasMessageContaining(uri("/t10k-labels-idx1-ubyte.gz").toString())
        .hasMessageContaining("put it at " + folder.resolve("t10k-labels-idx1-ubyte.gz"));
    assertThat(requests).hasValue(1);
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), CONTENT);
    assertThat(Download.mnist(folder, uri("/"))).isEqualTo(folder);
    assertThat(requests).hasValue(1);
  }
}
