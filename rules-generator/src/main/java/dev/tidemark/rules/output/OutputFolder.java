package dev.tidemark.rules.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder the output goes to. Each file is written beside and renamed, so a reader sees the old
 * or the new one; only files that its lock names are replaced or removed, all others stay.
 */
public final class OutputFolder {
  /** Written once and then people's own: an edited one is never replaced. */
  public static final String STUBS = "runbooks/";

  static final String DRAFTS = ".tidemark-";
  private static final Pattern DRAFT = Pattern.compile("\\.tidemark-(?:([0-9]{1,15})-)?[0-9]+");

  private final Path folder;

  /**
   * @param folder there already or not, as {@link #place}
   */
  public OutputFolder(Path folder) {
    this.folder = place(folder);
  }

  /**
   * Where a folder is or will be: {@code none/../boards} is {@code boards} as long as there is no
   * {@code none}; of what is there, a link too, the system knows what is above it.
   */
  public static Path place(Path folder) {
    Path place = folder.isAbsolute() ? folder.getRoot() : Path.of("");
    for (Path name : folder) {
      boolean above = name.toString().equals("..") && !Files.exists(place);
      @Nullable Path parent = above ? place.getParent() : place.resolve(name);
      place = parent == null ? Path.of("") : parent;
    }
    return place.toString().isEmpty() ? Path.of(".") : place;
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
      switch (standing(before, file.getKey(), file.getValue())) {
        case AS_WANTED -> {
          // nothing to do
        }
        case STRANGER -> strangers.add(file.getKey());
        case OTHER -> written.add(file.getKey());
      }
    }
    refuse(strangers);
    return changes(before, after, written);
  }

  /**
   * What a write of these files changes: path → the bytes that may stand there from its beginning
   * on, by {@link Lock#hash}; none of what is removed.
   *
   * @throws OutputException when a file that is not ours stands in the way
   */
  public SortedMap<String, List<String>> steps(Map<String, byte[]> files, Facts facts)
      throws IOException, OutputException {
    Lock before = Lock.read(folder);
    Lock after = Lock.of(files, facts);
    Changes changes = plan(files, after);
    SortedMap<String, List<String>> steps = new TreeMap<>();
    changes.removed().forEach(path -> steps.put(path, List.of()));
    for (String path : changes.written()) {
      String hash = after.files().get(path);
      steps.put(
          path,
          hash == null
              ? List.of(Lock.hash(after.and(before).bytes()), Lock.hash(after.bytes()))
              : List.of(hash));
    }
    return steps;
  }

  /** What stands where a file goes. */
  enum Standing {
    /** The same, or a stub that somebody made their own. */
    AS_WANTED,
    /** Nothing, or a file of ours. */
    OTHER,
    /** What we did not write. */
    STRANGER
  }

  Standing standing(Lock before, String path, byte[] wanted) throws IOException {
    Path file = folder.resolve(path);
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] there = Files.readAllBytes(file);
      if (Arrays.equals(there, wanted) || isEdited(before, path, there)) {
        return Standing.AS_WANTED;
      }
      return before.files().containsKey(path) ? Standing.OTHER : Standing.STRANGER;
    }
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Standing.STRANGER : Standing.OTHER;
  }

  void refuse(Collection<String> strangers) throws OutputException {
    if (!strangers.isEmpty()) {
      throw new OutputException(
          strangers.stream()
                  .sorted()
                  .map(path -> folder.resolve(path).toString())
                  .collect(Collectors.joining(", "))
              + ": not written by this program (no entry in "
              + Lock.NAME
              + "); move it away or choose another folder");
    }
  }

  /**
   * @param paths of files that are to be written; the lock is added where it changes
   */
  Changes changes(Lock before, Lock after, Collection<String> paths) throws IOException {
    List<String> written = new ArrayList<>(new TreeSet<>(paths));
    List<String> removed = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (Map.Entry<String, String> file : before.files().entrySet()) {
      if (!after.files().containsKey(file.getKey())) {
        leftOver(file.getKey(), file.getValue(), removed, kept);
      }
    }
    if (!after.files().isEmpty() && !isLocked(after)) {
      written.add(Lock.NAME);
    }
    return new Changes(List.copyOf(written), List.copyOf(removed), List.copyOf(kept));
  }

  static boolean isStub(String path) {
    return path.startsWith(STUBS);
  }

  private static boolean isEdited(Lock before, String path, byte[] there) {
    return isStub(path) && !Lock.hash(there).equals(before.files().get(path));
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
    try (Writing writing = writing()) {
      // side by side: of a large fleet it is the file system that takes longest
      files.entrySet().parallelStream().forEach(f -> unchecked(writing, f.getKey(), f.getValue()));
      return writing.end(facts);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void unchecked(Writing writing, String path, byte[] bytes) {
    try {
      writing.take(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #write}, of files that come one by one and are not kept. */
  public Writing writing() throws IOException, OutputException {
    clearLeftOver();
    return new Writing(this, folder, Lock.read(folder));
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

  static void clear(Path beside) throws IOException {
    try (Stream<Path> all = Files.walk(beside)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
