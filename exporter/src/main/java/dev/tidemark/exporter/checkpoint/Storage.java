package dev.tidemark.exporter.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one exporter, held by a lock that ends with the process however it ends, and in it
 * a folder for each source.
 */
public final class Storage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final String LOCK = "lock";
  private static final String SOURCE = "source";

  private final Path folder;
  private final FileChannel lock;
  private final CheckpointListener listener;
  private final InstantSource clock;

  private Storage(Path folder, FileChannel lock, CheckpointListener listener, InstantSource clock) {
    this.folder = folder;
    this.lock = lock;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Makes the folder where it is missing, and takes it.
   *
   * @throws IOException where it cannot be made or written to, or another process has it
   */
  public static Storage open(Path folder, CheckpointListener listener, InstantSource clock)
      throws IOException {
    Files.createDirectories(folder);
    FileChannel file =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(file) == null) {
      file.close();
      throw new IOException(
          folder + ": another exporter keeps its state here; give each its own --storage.path");
    }
    return new Storage(folder, file, listener, clock);
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) { // of this process
      return null;
    }
  }

  /** The segments of one source, in a folder named by a hash of what it is called. */
  public Shelf shelf(Shelf.Label label) {
    Path own = folder.resolve("source-" + SegmentName.hash(label.source()));
    try {
      Files.createDirectories(own);
      Files.writeString(own.resolve(SOURCE), label.source() + "\n");
    } catch (IOException e) { // sealing tells it again, and counts
      LOG.atError().addKeyValue("folder", own).addKeyValue("err", e).log("cannot write");
    }
    return new Shelf(own, label, listener, clock);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("folder", folder).addKeyValue("err", e).log("cannot release");
    }
  }
}
