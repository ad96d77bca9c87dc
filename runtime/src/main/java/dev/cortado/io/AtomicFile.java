package dev.cortado.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/**
 * Writes files so that at every instant, even if the process is killed or the power fails, the old
 * or the new content is there in full: a temporary file beside it, {@code fsync}, a rename, {@code
 * fsync} of the folder.
 */
public final class AtomicFile {
  private static final String SUFFIX = ".cortado-tmp";

  private AtomicFile() {}

  /** Writes the content to a channel that starts empty. */
  @FunctionalInterface
  public interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  /** Replaces {@code file}, or makes it; folders on the way are made. */
  public static void write(Path file, byte[] content) {
    write(file, channel -> writeFully(channel, ByteBuffer.wrap(content)));
  }

  /** As {@link #write(Path, byte[])}, for content that is not all in memory. */
  public static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is not a file that can be written");
    }
    try {
      Files.createDirectories(folder);
      removeLeftovers(folder, target.getFileName().toString());
      Path temporary = folder.resolve(temporaryName(target.getFileName().toString()));
      try {
        try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          content.writeTo(channel);
          channel.force(true);
        }
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      syncFolder(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e, e);
    }
  }

  /** Writes all that remains in the buffer. */
  public static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static String temporaryName(String name) {
    return "." + name + "." + ProcessHandle.current().pid() + "." + UUID.randomUUID() + SUFFIX;
  }

  /** Temporary files of processes that were killed while they wrote this file. */
  private static void removeLeftovers(Path folder, String name) throws IOException {
    String prefix = "." + name + ".";
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder, path -> isTemporary(path.getFileName().toString(), prefix))) {
      for (Path path : files) {
        String owner = path.getFileName().toString().substring(prefix.length());
        long pid = Long.parseLong(owner.substring(0, owner.indexOf('.')));
        if (ProcessHandle.of(pid).isEmpty()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static boolean isTemporary(String name, String prefix) {
    return name.startsWith(prefix)
        && name.substring(prefix.length()).matches("\\d{1,18}\\.[-0-9a-f]{36}\\" + SUFFIX);
  }

  private static void syncFolder(Path folder) throws IOException {
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows")) {
      return; // Windows opens no folders; its rename is in the journal.
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
