package dev.tidemark.rules.apply;

import dev.tidemark.rules.output.Facts;
import dev.tidemark.rules.output.Lock;
import dev.tidemark.rules.output.OutputException;
import dev.tidemark.rules.output.OutputFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final String GO_ON =
      "; apply again to go on, or apply --rollback puts back what was there before";
  private static final String PUTTING_BACK =
      "files were being put back as they were before; apply --rollback goes on with it";

  private final Path folder;
  private final List<Loader> loaders;
  private final boolean reloads;
  private final Consumer<String> told;
  private final Left left;
  private final List<String> loading = new ArrayList<>();

  /**
   * @param reloads whether the servers are told to load; else somebody else does
   * @param told what is done, a line each
   * @param left in which state all is, where the program ends in the middle
   */
  public FolderApply(
      Path folder, List<Loader> loaders, boolean reloads, Consumer<String> told, Left left) {
    this.folder = folder;
    this.loaders = List.copyOf(loaders);
    this.reloads = reloads;
    this.told = told;
    this.left = left;
  }

  /**
   * @throws OutputException where a file that is not ours stands in the way; nothing is changed
   * @throws ApplyException with the state in which all is left
   */
  public OutputFolder.Changes write(Map<String, byte[]> files, Facts facts)
      throws IOException, OutputException, ApplyException {
    try (FolderLock lock = FolderLock.of(folder)) {
      ready(undoWhatWasCutOff() ? "nothing else was changed" : "nothing was changed");
      OutputFolder output = new OutputFolder(folder);
      OutputFolder.Changes changes = output.plan(files, facts);
      Transaction transaction =
          changes.isEmpty() ? null : Transaction.begin(folder, output.steps(files, facts));
      try {
        if (transaction != null) {
          left.is(folder + ": files were being written" + nobodyLoads() + GO_ON);
        }
        output.write(files, facts);
        left.is(written(transaction));
        changes.written().forEach(path -> told.accept("written  " + path));
        changes.removed().forEach(path -> told.accept("removed  " + path));
        load(/* anew= */ reloads || transaction != null, transaction);
      } catch (ApplyException e) {
        throw rolledBack(e, transaction);
      } catch (RuntimeException e) {
        // a mistake in the program, or an answer that nobody thought of
        throw rolledBack(
            new ApplyException(ApplyException.Reason.REFUSED, e.toString()), transaction);
      } catch (IOException e) {
        if (transaction != null) {
          left.is(PUTTING_BACK);
          transaction.undo();
        }
        throw e;
      }
      if (transaction != null) {
        transaction.commit();
      }
      lock.keep();
      left.is("all of it was done");
      return changes;
    }
  }

  private String nobodyLoads() {
    return loaders.isEmpty() ? "" : ", and no server was told to load them";
  }

  /** Once all files are as they shall be, and servers may have been told to load them. */
  private String written(@Nullable Transaction transaction) {
    String servers = loading.isEmpty() ? nobodyLoads() : asked();
    return transaction == null
        ? "the files were as they should be" + servers
        : folder + ": all files were written" + servers + GO_ON;
  }

  private String asked() {
    return "; told to load them, and not all checked: " + String.join(", ", loading);
  }

  /**
   * Puts back what was there before the last write, which may have been cut off.
   *
   * @return false where nothing is kept
   */
  public boolean rollBack() throws IOException, ApplyException {
    try (FolderLock lock = FolderLock.of(folder)) {
      Optional<Transaction> previous = Transaction.previous(folder);
      if (previous.isEmpty() && Transaction.open(folder).isEmpty()) {
        return false;
      }
      lock.keep();
      ready("nothing was put back");
      left.is(PUTTING_BACK);
      // one that was cut off is the last
      if (!undoWhatWasCutOff() && previous.isPresent()) {
        previous.get().rollBack();
        told.accept("put back what was there before");
      }
      try {
        for (Loader loader : loaders) {
          left.is("the files were put back, but not all servers have loaded them");
          reload(loader);
        }
        left.is("all of it was done");
      } catch (ApplyException e) {
        throw e.with("the files were put back, but not all servers have loaded them");
      }
      return true;
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
      left.is(PUTTING_BACK);
      Set<String> changed = open.get().undo();
      told.accept(
          "an apply before this was cut off: "
              + putBack(changed).orElse("its files were put back first"));
      left.is(putBack(changed).orElse("the files of an apply that was cut off were put back"));
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

  private void load(boolean anew, @Nullable Transaction transaction) throws ApplyException {
    for (Loader loader : loaders) {
      if (anew) {
        loading.add(loader.name());
        left.is(written(transaction));
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
    left.is(PUTTING_BACK);
    int files = transaction.size();
    Set<String> changed = transaction.undo();
    StringBuilder state =
        new StringBuilder(
            putBack(changed)
                .orElse(
                    files == 1
                        ? "the one file that this apply had changed was put back"
                        : "the " + files + " files that this apply had changed were put back"));
    left.is(state + (loaders.isEmpty() ? "" : ", but not all servers have loaded them since"));
    for (Loader loader : loaders) {
      try {
        reload(loader);
      } catch (ApplyException | RuntimeException e) {
        state.append("; not reloaded since: ").append(loader.name());
      }
    }
    return why.with(state.toString());
  }
}
