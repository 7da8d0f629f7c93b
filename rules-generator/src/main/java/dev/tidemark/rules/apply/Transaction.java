package dev.tidemark.rules.apply;

import dev.tidemark.rules.output.AtomicFile;
import dev.tidemark.rules.output.Lock;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What stood in a folder before files in it change. It is complete before the first of them does,
 * and there until the last has: a run that was cut off is undone by the next. Then it is kept as
 * the previous state.
 */
final class Transaction {
  private static final String BEGIN = ".tidemark-begin";
  private static final String OPEN = ".tidemark-apply";
  private static final String PREVIOUS = ".tidemark-previous";
  private static final String FILES = "files";
  private static final String ABSENT = "absent";
  private static final String WRITTEN = "written";
  private static final String FOLDERS = "folders";

  private final Path folder;
  private final Path kept;

  private Transaction(Path folder, Path kept) {
    this.folder = folder;
    this.kept = kept;
  }

  /**
   * @param after what will be written or removed: path → what may stand there from now on, by
   *     {@link Lock#hash}
   */
  static Transaction begin(Path folder, SortedMap<String, List<String>> after) throws IOException {
    Path draft = folder.resolve(BEGIN);
    clear(draft);
    Files.createDirectories(draft.resolve(FILES));
    StringBuilder absent = new StringBuilder();
    StringBuilder written = new StringBuilder();
    SortedSet<String> folders = new TreeSet<>();
    for (Map.Entry<String, List<String>> change : after.entrySet()) {
      String path = change.getKey();
      change.getValue().forEach(hash -> written.append(hash).append(' ').append(path).append('\n'));
      Path file = folder.resolve(path);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Path copy = draft.resolve(FILES).resolve(path);
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      } else {
        absent.append(path).append('\n');
        folders.addAll(missing(folder, Path.of(path)));
      }
    }
    Files.writeString(draft.resolve(ABSENT), absent);
    Files.writeString(draft.resolve(WRITTEN), written);
    Files.write(draft.resolve(FOLDERS), folders);
    Files.move(draft, folder.resolve(OPEN), StandardCopyOption.ATOMIC_MOVE);
    return new Transaction(folder, folder.resolve(OPEN));
  }

  /** Those above a file that will be made for it. */
  private static List<String> missing(Path folder, Path file) {
    List<String> missing = new ArrayList<>();
    for (Path at = file.getParent();
        at != null && !Files.exists(folder.resolve(at), LinkOption.NOFOLLOW_LINKS);
        at = at.getParent()) {
      missing.add(at.toString().replace('\\', '/'));
    }
    return missing;
  }

  /** One that was cut off. */
  static Optional<Transaction> open(Path folder) {
    return at(folder, OPEN);
  }

  /** The state before the last one that was done. */
  static Optional<Transaction> previous(Path folder) {
    return at(folder, PREVIOUS);
  }

  private static Optional<Transaction> at(Path folder, String name) {
    Path kept = folder.resolve(name);
    return Files.isDirectory(kept) ? Optional.of(new Transaction(folder, kept)) : Optional.empty();
  }

  /** How many files it is about. */
  int size() throws IOException {
    return keptFiles().size() + Files.readAllLines(kept.resolve(ABSENT)).size();
  }

  /** All files are as they shall be. */
  void commit() throws IOException {
    Path previous = folder.resolve(PREVIOUS);
    clear(previous);
    Files.move(kept, previous, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Puts all files back; after a crash in the middle it can be done again. */
  void rollBack() throws IOException {
    putBack(path -> false);
  }

  /**
   * As {@link #rollBack}, but what somebody else has changed since is left alone: single files, and
   * all of them where it was a program that wrote the folder's lock anew.
   *
   * @return what has changed; with the lock among it nothing was put back
   */
  SortedSet<String> undo() throws IOException {
    SortedSet<String> changed = changed();
    boolean all = changed.contains(Lock.NAME);
    putBack(path -> all || changed.contains(path));
    return changed;
  }

  /** What is neither as it was nor as it was written. */
  private SortedSet<String> changed() throws IOException {
    SortedSet<String> changed = new TreeSet<>();
    if (!Files.exists(kept.resolve(WRITTEN))) {
      return changed; // of a release that did not keep it
    }
    Map<String, Set<String>> known = new HashMap<>();
    for (String line : Files.readAllLines(kept.resolve(WRITTEN))) {
      int space = line.indexOf(' ');
      known
          .computeIfAbsent(line.substring(space + 1), path -> new HashSet<>())
          .add(line.substring(0, space));
    }
    for (String path : keptFiles()) {
      // one that was to be removed may be gone, and one that was to be written may not
      byte[] before = Files.readAllBytes(kept.resolve(FILES).resolve(path));
      Set<String> written = known.getOrDefault(path, Set.of());
      String now = hash(path);
      boolean expected = now.isEmpty() ? written.isEmpty() : written.contains(now);
      if (!expected && !now.equals(Lock.hash(before))) {
        changed.add(path);
      }
    }
    for (String path : Files.readAllLines(kept.resolve(ABSENT))) {
      String now = hash(path);
      if (!now.isEmpty() && !known.getOrDefault(path, Set.of()).contains(now)) {
        changed.add(path);
      }
    }
    return changed;
  }

  /** Of what stands there now; empty where nothing does. */
  private String hash(String path) throws IOException {
    Path file = folder.resolve(path);
    return Files.isRegularFile(file) ? Lock.hash(Files.readAllBytes(file)) : "";
  }

  private List<String> keptFiles() throws IOException {
    Path files = kept.resolve(FILES);
    try (Stream<Path> all = Files.walk(files)) {
      return all.filter(Files::isRegularFile)
          .map(copy -> files.relativize(copy).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private void putBack(Predicate<String> leftAlone) throws IOException {
    for (String path : keptFiles()) {
      if (!leftAlone.test(path)) {
        byte[] before = Files.readAllBytes(kept.resolve(FILES).resolve(path));
        AtomicFile.write(folder.resolve(path), before);
      }
    }
    for (String path : Files.readAllLines(kept.resolve(ABSENT))) {
      if (!leftAlone.test(path)) {
        Files.deleteIfExists(folder.resolve(path));
      }
    }
    removeFolders();
    // in one step, so that what is left of it after a crash is never taken for one that is open
    Path done = folder.resolve(BEGIN);
    clear(done);
    Files.move(kept, done, StandardCopyOption.ATOMIC_MOVE);
    clear(done);
  }

  /** Those that were made, but for what somebody else has put into them. */
  private void removeFolders() throws IOException {
    if (!Files.exists(kept.resolve(FOLDERS))) {
      return; // of a release that did not keep it
    }
    List<String> folders = Files.readAllLines(kept.resolve(FOLDERS));
    for (String path : folders.stream().sorted(Comparator.reverseOrder()).toList()) {
      Path made = folder.resolve(path);
      // a link is somebody else's, who has put the folder elsewhere
      if (Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)) {
        try {
          Files.deleteIfExists(made);
        } catch (DirectoryNotEmptyException e) {
          // stays
        }
      }
    }
  }

  private static void clear(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
