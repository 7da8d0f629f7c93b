package dev.tidemark.rules.apply;

import dev.tidemark.rules.apply.ApplyException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a folder for one apply at a time. The file and folders that it makes for that are taken
 * away again where nothing came of it, before anybody else can hold them.
 */
final class FolderLock implements AutoCloseable {
  private static final String NAME = ".tidemark-lock";

  private final FileChannel channel;

  /** What was not there before, the innermost first. */
  private final List<Path> made;

  private FolderLock(FileChannel channel, List<Path> made) {
    this.channel = channel;
    this.made = made;
  }

  /**
   * @throws ApplyException where another apply holds it, or nobody can
   */
  static FolderLock of(Path folder) throws IOException, ApplyException {
    Path file = folder.resolve(NAME);
    while (true) {
      List<Path> made = missing(folder);
      Files.createDirectories(folder);
      try {
        Files.createFile(file);
        made.add(0, file);
      } catch (FileAlreadyExistsException e) {
        // of an apply before this
      }
      Object key = key(file);
      Optional<FileChannel> held = held(file);
      if (held.isPresent() && key != null && key.equals(key(file))) {
        return new FolderLock(held.get(), made);
      }
      // one that came to nothing has just taken it away
      if (held.isPresent()) {
        held.get().close();
      } else if (Files.isSymbolicLink(file)) {
        throw new ApplyException(
            Reason.REFUSED,
            file
                + ": is a link to "
                + Files.readSymbolicLink(file)
                + ", which is not there; remove it; nothing was changed");
      }
    }
  }

  private static Optional<FileChannel> held(Path file) throws IOException, ApplyException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(channel);
      }
    } catch (OverlappingFileLockException e) {
      // another thread of this program
    }
    channel.close();
    throw new ApplyException(
        Reason.REFUSED, file.getParent() + ": another apply is at work; nothing was changed");
  }

  /** Which file it is, whatever its name; null where there is none. */
  private static @Nullable Object key(Path file) throws IOException {
    try {
      BasicFileAttributes there = Files.readAttributes(file, BasicFileAttributes.class);
      return there.fileKey() == null ? NAME : there.fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static List<Path> missing(Path folder) {
    List<Path> missing = new ArrayList<>();
    for (Path at = folder.toAbsolutePath();
        at != null && !Files.exists(at, LinkOption.NOFOLLOW_LINKS);
        at = at.getParent()) {
      missing.add(at);
    }
    return missing;
  }

  /** Something came of it: what was made for it stays. */
  void keep() {
    made.clear();
  }

  @Override
  public void close() throws IOException {
    try {
      for (Path path : made) {
        Files.deleteIfExists(path);
      }
    } catch (DirectoryNotEmptyException e) {
      // somebody else's, or what the next apply puts back
    } finally {
      channel.close();
    }
  }
}
