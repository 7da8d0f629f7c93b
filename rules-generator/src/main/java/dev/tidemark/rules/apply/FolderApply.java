package dev.tidemark.rules.apply;

import dev.tidemark.rules.apply.ApplyException.Reason;
import dev.tidemark.rules.output.Facts;
import dev.tidemark.rules.output.Lock;
import dev.tidemark.rules.output.OutputException;
import dev.tidemark.rules.output.OutputFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a folder and has servers load it. Where one refuses it or goes away, all files are put
 * back and the servers told to load them again.
 */
public final class FolderApply {
  private static final String LOCK = ".tidemark-lock";

  private final Path folder;
  private final List<Loader> loaders;
  private final boolean reloads;
  private final Consumer<String> told;

  /**
   * @param reloads whether the servers are told to load; else somebody else does
   * @param told what is done, a line each
   */
  public FolderApply(Path folder, List<Loader> loaders, boolean reloads, Consumer<String> told) {
    this.folder = folder;
    this.loaders = List.copyOf(loaders);
    this.reloads = reloads;
    this.told = told;
  }

  /**
   * @throws OutputException where a file that is not ours stands in the way; nothing is changed
   * @throws ApplyException with the state in which all is left
   */
  public OutputFolder.Changes write(Map<String, byte[]> files, Facts facts)
      throws IOException, OutputException, ApplyException {
    Files.createDirectories(folder);
    FileChannel lock = lock();
    try {
      ready(undoWhatWasCutOff() ? "nothing else was changed" : "nothing was changed");
      OutputFolder output = new OutputFolder(folder);
      OutputFolder.Changes changes = output.plan(files, facts);
      Transaction transaction =
          changes.isEmpty() ? null : Transaction.begin(folder, output.steps(files, facts));
      try {
        output.write(files, facts);
        changes.written().forEach(path -> told.accept("written  " + path));
        changes.removed().forEach(path -> told.accept("removed  " + path));
        load(/* anew= */ reloads || transaction != null);
      } catch (ApplyException e) {
        throw rolledBack(e, transaction);
      } catch (IOException e) {
        if (transaction != null) {
          transaction.undo();
        }
        throw e;
      }
      if (transaction != null) {
        transaction.commit();
      }
      return changes;
    } finally {
      lock.close();
    }
  }

  /**
   * Puts back what was there before the last write.
   *
   * @return false where nothing is kept
   */
  public boolean rollBack() throws IOException, ApplyException {
    Files.createDirectories(folder);
    FileChannel lock = lock();
    try {
      undoWhatWasCutOff();
      Optional<Transaction> previous = Transaction.previous(folder);
      if (previous.isEmpty()) {
        return false;
      }
      ready("nothing was put back");
      previous.get().rollBack();
      told.accept("put back what was there before");
      try {
        for (Loader loader : loaders) {
          reload(loader);
        }
      } catch (ApplyException e) {
        throw e.with("the files were put back, but not all servers have loaded them");
      }
      return true;
    } finally {
      lock.close();
    }
  }

  /** What to know before a folder is written where an apply into it has not ended. */
  public static Optional<String> cutOff(Path folder) {
    return Transaction.open(folder)
        .map(
            open ->
                folder
                    + ": an apply into it was cut off, or is at work; the next apply (or apply"
                    + " --rollback) puts back what that one wrote, and leaves alone what changes"
                    + " since");
  }

  private FileChannel lock() throws IOException, ApplyException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // another thread of this program
    }
    channel.close();
    throw new ApplyException(
        Reason.REFUSED, folder + ": another apply is at work; nothing was changed");
  }

  /** That all servers answer. */
  private void ready(String left) throws ApplyException {
    try {
      for (Loader loader : loaders) {
        loader.ready();
      }
    } catch (ApplyException e) {
      throw e.with(left);
    }
  }

  private boolean undoWhatWasCutOff() throws IOException {
    Optional<Transaction> open = Transaction.open(folder);
    if (open.isPresent()) {
      Set<String> changed = open.get().undo();
      told.accept(
          "an apply before this was cut off: "
              + putBack(changed).orElse("its files were put back first"));
    }
    return open.isPresent();
  }

  /**
   * In words, what was not put back.
   *
   * @param changed since they were written
   */
  private static Optional<String> putBack(Set<String> changed) {
    if (changed.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        changed.contains(Lock.NAME)
            ? "the folder was written anew since, and is left as it is"
            : "its files were put back, but for what changed since: " + String.join(", ", changed));
  }

  private void load(boolean anew) throws ApplyException {
    for (Loader loader : loaders) {
      if (anew) {
        reload(loader);
      } else {
        loader.unchanged();
      }
    }
    for (Loader loader : loaders) {
      told.accept("checked  " + loader.name() + " " + loader.check());
    }
  }

  private void reload(Loader loader) throws ApplyException {
    if (reloads) {
      loader.reload();
      told.accept("reloaded " + loader.name());
    } else {
      told.accept("waiting  send SIGHUP to " + loader.name());
    }
  }

  private ApplyException rolledBack(ApplyException why, @Nullable Transaction transaction)
      throws IOException {
    if (transaction == null) {
      return why.with("the files were as they should be, and nothing was changed");
    }
    Set<String> changed = transaction.undo();
    StringBuilder left = new StringBuilder(putBack(changed).orElse("all files were put back"));
    for (Loader loader : loaders) {
      try {
        reload(loader);
      } catch (ApplyException e) {
        left.append("; not reloaded since: ").append(loader.name());
      }
    }
    return why.with(left.toString());
  }
}
