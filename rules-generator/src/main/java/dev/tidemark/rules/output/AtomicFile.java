package dev.tidemark.rules.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;

/** Replaces a file so that a reader sees the old bytes or the new ones, also after a crash. */
public final class AtomicFile {
  private static final Set<PosixFilePermission> USUAL =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.OTHERS_READ);

  private AtomicFile() {}

  /**
   * Behind a link the file is replaced and not the link; who may read it stays.
   *
   * @throws IOException the old file is there as it was, then
   */
  public static void write(Path path, byte[] bytes) throws IOException {
    Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    Path folder = Objects.requireNonNull(target.getParent());
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, ".tidemark-", ".draft");
    try {
      PosixFileAttributeView draftView =
          Files.getFileAttributeView(draft, PosixFileAttributeView.class);
      if (draftView != null) {
        draftView.setPermissions(
            Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                ? Files.getPosixFilePermissions(target)
                : USUAL);
      }
      Files.write(draft, bytes);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
