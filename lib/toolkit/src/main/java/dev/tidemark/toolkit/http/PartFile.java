package dev.tidemark.toolkit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file in the making: it stands beside its target under a hidden name until {@link #finish}, and
 * vanishes without it. Errors of the disk are unchecked, so that they are told from those of the
 * network.
 */
final class PartFile implements AutoCloseable {
  private final Path target;
  private final Path folder;
  private final Path part;
  private final FileChannel channel;
  private final MessageDigest digest;
  private long bytes;

  PartFile(Path target) {
    this.target = target.toAbsolutePath();
    Path parent = this.target.getParent();
    this.folder = parent == null ? this.target : parent;
    try {
      digest = MessageDigest.getInstance("SHA-256");
      part = Files.createTempFile(folder, "." + target.getFileName() + ".", ".part");
      channel = FileChannel.open(part, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void write(byte[] buffer, int length) {
    digest.update(buffer, 0, length);
    bytes += length;
    try {
      ByteBuffer left = ByteBuffer.wrap(buffer, 0, length);
      while (left.hasRemaining()) {
        channel.write(left);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts it on disk, then under its name; the name is on disk, too, when this returns. */
  void finish() {
    try {
      channel.force(true);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel handle = FileChannel.open(folder, StandardOpenOption.READ)) {
        handle.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long bytes() {
    return bytes;
  }

  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
