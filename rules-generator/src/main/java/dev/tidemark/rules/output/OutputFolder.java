package dev.tidemark.rules.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The folder the output goes to. Each file is written beside and renamed, so a reader sees the old
 * or the new one; only files that its lock names are replaced or removed, all others stay.
 */
public final class OutputFolder {
  /** Written once and then people's own: an edited one is never replaced. */
  public static final String STUBS = "runbooks/";

  private static final byte[] NOTHING = {};
  private static final String DRAFTS = ".tidemark-";
  private static final Pattern DRAFT = Pattern.compile("\\.tidemark-(?:([0-9]{1,15})-)?[0-9]+");

  private final Path folder;

  public OutputFolder(Path folder) {
    this.folder = folder;
  }

  /** What a write changes or would change. */
  public record Changes(List<String> written, List<String> removed, List<String> kept) {
    public boolean isEmpty() {
      return written.isEmpty() && removed.isEmpty();
    }
  }

  /**
   * What writing these files would change; touches nothing.
   *
   * @throws OutputException when a file that is not ours stands in the way
   */
  public Changes plan(Map<String, byte[]> files, Facts facts) throws IOException, OutputException {
    return plan(files, Lock.of(files, facts));
  }

  private Changes plan(Map<String, byte[]> files, Lock after) throws IOException, OutputException {
    Lock before = Lock.read(folder);
    List<String> written = new ArrayList<>();
    List<String> strangers = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        byte[] there = Files.readAllBytes(path);
        if (Arrays.equals(there, file.getValue()) || isEdited(before, file.getKey(), there)) {
          continue;
        }
        if (!before.files().containsKey(file.getKey())) {
          strangers.add(path.toString());
        }
      } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        strangers.add(path.toString());
      }
      written.add(file.getKey());
    }
    if (!strangers.isEmpty()) {
      throw new OutputException(
          String.join(", ", strangers)
              + ": not written by this program (no entry in "
              + Lock.NAME
              + "); move it away or choose another folder");
    }
    List<String> removed = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (Map.Entry<String, String> file : before.files().entrySet()) {
      if (!files.containsKey(file.getKey())) {
        leftOver(file.getKey(), file.getValue(), removed, kept);
      }
    }
    if (!files.isEmpty() && !isLocked(after)) {
      written.add(Lock.NAME);
    }
    return new Changes(List.copyOf(written), List.copyOf(removed), List.copyOf(kept));
  }

  static boolean isStub(String path) {
    return path.startsWith(STUBS);
  }

  private static boolean isEdited(Lock before, String path, byte[] there) {
    return isStub(path)
        && !Lock.hash(there).equals(Map.copyOf(before.files()).getOrDefault(path, ""));
  }

  private boolean isLocked(Lock lock) throws IOException {
    Path file = folder.resolve(Lock.NAME);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Arrays.equals(Files.readAllBytes(file), lock.bytes());
  }

  /**
   * What stands in the folder now of all that a write would replace or remove, and of the rest what
   * stays.
   *
   * @throws OutputException when a file that is not ours stands in the way
   */
  public SortedMap<String, byte[]> contents(Map<String, byte[]> files, Facts facts)
      throws IOException, OutputException {
    Lock after = Lock.of(files, facts);
    Changes changes = plan(files, after);
    SortedMap<String, byte[]> contents = new TreeMap<>(files);
    contents.keySet().removeAll(changes.written());
    Set<String> paths = new TreeSet<>(changes.written());
    paths.addAll(changes.removed());
    paths.remove(Lock.NAME);
    for (String path : paths) {
      Path file = folder.resolve(path);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        contents.put(path, Files.readAllBytes(file));
      }
    }
    return contents;
  }

  /** A file of the last time that is not wanted any more: kept where somebody edited it. */
  private void leftOver(String path, String hash, List<String> removed, List<String> kept)
      throws IOException {
    Path file = folder.resolve(path);
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      boolean ours = Lock.hash(Files.readAllBytes(file)).equals(hash);
      (ours ? removed : kept).add(path);
    }
  }

  /** Writes what changed and removes what is left over; a second run after a crash finishes it. */
  public Changes write(Map<String, byte[]> files, Facts facts) throws IOException, OutputException {
    clearLeftOver();
    Lock after = Lock.of(files, facts);
    Changes changes = plan(files, after);
    if (changes.isEmpty()) {
      return changes;
    }
    Files.createDirectories(folder);
    Path beside = Files.createTempDirectory(folder, DRAFTS + ProcessHandle.current().pid() + "-");
    try {
      // until all is done the lock names old and new, so that a crash leaves no file without owner
      replace(beside.resolve(Lock.NAME), Lock.NAME, after.and(Lock.read(folder)).bytes());
      List<String> written = changes.written().stream().filter(files::containsKey).toList();
      for (Path parent : written.stream().map(this::above).collect(Collectors.toSet())) {
        Files.createDirectories(parent);
      }
      replaceAll(beside, written, files);
      for (String path : changes.removed()) {
        Files.deleteIfExists(folder.resolve(path));
        removeEmptyAbove(folder.resolve(path));
      }
      replace(beside.resolve(Lock.NAME), Lock.NAME, after.bytes());
    } finally {
      clear(beside);
    }
    return changes;
  }

  private Path above(String path) {
    Path parent = folder.resolve(path).getParent();
    return parent == null ? folder : parent;
  }

  /** Side by side: of a large fleet it is the file system that takes longest. */
  private void replaceAll(Path beside, List<String> paths, Map<String, byte[]> files)
      throws IOException {
    try {
      IntStream.range(0, paths.size())
          .parallel()
          .forEach(
              i -> {
                try {
                  String path = paths.get(i);
                  replace(beside.resolve("draft-" + i), path, files.getOrDefault(path, NOTHING));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void replace(Path draft, String path, byte[] bytes) throws IOException {
    Path target = folder.resolve(path);
    Files.write(draft, bytes);
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

  /** What a run left that was killed; that of one that still runs stays. */
  private void clearLeftOver() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : all.filter(OutputFolder::isLeftOver).toList()) {
        clear(path);
      }
    }
  }

  private static boolean isLeftOver(Path path) {
    Matcher name = DRAFT.matcher(path.getFileName().toString());
    if (!name.matches() || !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    long pid = name.group(1) == null ? 0 : Long.parseLong(name.group(1));
    return pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty();
  }

  private static void clear(Path beside) throws IOException {
    try (Stream<Path> all = Files.walk(beside)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
