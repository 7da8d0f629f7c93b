package dev.tidemark.rules.output;

import dev.tidemark.rules.output.OutputFolder.Changes;
import dev.tidemark.rules.output.OutputFolder.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One writing of an output folder. Files come in any order and from any thread; what differs is put
 * into a folder beside at once, so that no file of a large fleet is kept in memory, and is moved to
 * its place when all are there. Until {@link #end} nothing that is in use has changed.
 */
public final class Writing implements FileSink, AutoCloseable {
  private final OutputFolder output;
  private final Path folder;
  private final Lock before;

  /** Whether nothing can stand in the way, for there was no folder. */
  private final boolean fresh;

  private final Map<String, String> hashes = new ConcurrentHashMap<>();
  private final Queue<String> strangers = new ConcurrentLinkedQueue<>();

  /** Path → what will stand there. */
  private final Map<String, Path> drafts = new ConcurrentHashMap<>();

  private final Set<Path> lanes = ConcurrentHashMap.newKeySet();
  private final AtomicInteger made = new AtomicInteger();
  private @Nullable Path beside;

  Writing(OutputFolder output, Path folder, Lock before) {
    this.output = output;
    this.folder = folder;
    this.before = before;
    this.fresh = !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void take(String path, byte[] bytes) throws IOException {
    hashes.put(path, Lock.hash(bytes));
    switch (fresh ? Standing.OTHER : output.standing(before, path, bytes)) {
      case AS_WANTED -> {
        // nothing to do
      }
      case STRANGER -> strangers.add(path);
      case OTHER -> {
        Path draft = draft();
        Files.write(draft, bytes);
        drafts.put(path, draft);
      }
    }
  }

  /**
   * Puts all in its place, and removes what is left over.
   *
   * @throws OutputException when a file that is not ours stands in the way; nothing was changed
   */
  public Changes end(Facts facts) throws IOException, OutputException {
    output.refuse(strangers);
    Lock after = new Lock(new TreeMap<>(hashes), facts);
    Changes changes = output.changes(before, after, drafts.keySet());
    if (changes.isEmpty()) {
      return changes;
    }
    byte[] locked = after.bytes();
    // until all is done the lock names old and new, so that a crash leaves no file without owner
    byte[] both = before.files().isEmpty() ? locked : after.and(before).bytes();
    lock(both);
    moveAll();
    for (String path : changes.removed()) {
      Files.deleteIfExists(folder.resolve(path));
      removeEmptyAbove(folder.resolve(path));
    }
    if (both != locked) {
      lock(locked);
    }
    return changes;
  }

  private void moveAll() throws IOException {
    Set<Path> parents = new HashSet<>();
    for (String path : drafts.keySet()) {
      Path parent = folder.resolve(path).getParent();
      if (parent != null && parents.add(parent)) {
        Files.createDirectories(parent);
      }
    }
    try {
      drafts.entrySet().parallelStream()
          .forEach(
              draft -> {
                try {
                  replace(draft.getValue(), folder.resolve(draft.getKey()));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** How many files there were. */
  public int size() {
    return hashes.size();
  }

  @Override
  public void close() throws IOException {
    if (beside != null) {
      OutputFolder.clear(beside);
    }
  }

  /** In a folder of each thread: making files in one folder they would wait for one another. */
  private Path draft() throws IOException {
    Path lane = beside().resolve(String.valueOf(Thread.currentThread().getId()));
    if (lanes.add(lane)) {
      Files.createDirectory(lane);
    }
    return lane.resolve("draft-" + made.getAndIncrement());
  }

  private synchronized Path beside() throws IOException {
    Path drafted = beside;
    if (drafted == null) {
      Files.createDirectories(folder);
      drafted =
          Files.createTempDirectory(
              folder, OutputFolder.DRAFTS + ProcessHandle.current().pid() + "-");
      beside = drafted;
    }
    return drafted;
  }

  private void lock(byte[] lock) throws IOException {
    Path draft = draft();
    Files.write(draft, lock);
    replace(draft, folder.resolve(Lock.NAME));
  }

  private static void replace(Path draft, Path target) throws IOException {
    try {
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException(target + ": cannot be replaced in one step here", e);
    }
  }

  private void removeEmptyAbove(Path file) throws IOException {
    Path path = file.getParent();
    for (; path != null && !path.equals(folder); path = path.getParent()) {
      try {
        Files.delete(path);
      } catch (DirectoryNotEmptyException | NoSuchFileException e) {
        return;
      }
    }
  }
}
