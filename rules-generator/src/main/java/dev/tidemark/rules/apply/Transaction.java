package dev.tidemark.rules.apply;

import dev.tidemark.rules.output.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

  private final Path folder;
  private final Path kept;

  private Transaction(Path folder, Path kept) {
    this.folder = folder;
    this.kept = kept;
  }

  /**
   * @param paths what will be written or removed
   */
  static Transaction begin(Path folder, Collection<String> paths) throws IOException {
    Path draft = folder.resolve(BEGIN);
    clear(draft);
    Files.createDirectories(draft.resolve(FILES));
    StringBuilder absent = new StringBuilder();
    for (String path : paths) {
      Path file = folder.resolve(path);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Path copy = draft.resolve(FILES).resolve(path);
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      } else {
        absent.append(path).append('\n');
      }
    }
    Files.writeString(draft.resolve(ABSENT), absent);
    Files.move(draft, folder.resolve(OPEN), StandardCopyOption.ATOMIC_MOVE);
    return new Transaction(folder, folder.resolve(OPEN));
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

  /** All files are as they shall be. */
  void commit() throws IOException {
    Path previous = folder.resolve(PREVIOUS);
    clear(previous);
    Files.move(kept, previous, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Puts all files back; after a crash in the middle it can be done again. */
  void rollBack() throws IOException {
    Path files = kept.resolve(FILES);
    try (Stream<Path> all = Files.walk(files)) {
      for (Path copy : all.filter(Files::isRegularFile).sorted().toList()) {
        AtomicFile.write(folder.resolve(files.relativize(copy)), Files.readAllBytes(copy));
      }
    }
    List<String> absent = Files.readAllLines(kept.resolve(ABSENT));
    for (String path : absent) {
      Files.deleteIfExists(folder.resolve(path));
    }
    clear(kept);
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
