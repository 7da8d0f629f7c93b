package dev.tidemark.webhook.evidence;

import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.CrashPoint;
import dev.tidemark.webhook.journal.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Evidence in a folder: one subfolder an episode. Thread-safe: names are distinct, renames are
 * atomic.
 */
public final class EvidenceFolder implements EvidenceStore {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
  private static final String UNFINISHED = ".part";

  private final Path root;
  private final CrashHook crash;

  /**
   * @param root made when it is not there
   * @param crash {@link CrashHook#NONE} but in tests
   */
  public EvidenceFolder(Path root, CrashHook crash) {
    this.root = root;
    this.crash = crash;
  }

  @Override
  public Stored put(String episode, String name, Capture capture) throws IOException {
    Path file = path(episode, name);
    Path folder = root.resolve(episode);
    Files.createDirectories(folder);
    sync(root);
    Path part = folder.resolve(name + UNFINISHED);
    Files.deleteIfExists(part);
    try {
      capture.into(part);
      Stored stored = measure(name, part);
      sync(part);
      crash.reached(CrashPoint.EVIDENCE_BEFORE_RENAME);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(folder);
      crash.reached(CrashPoint.EVIDENCE_AFTER_RENAME);
      return stored;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  @Override
  public Optional<Stored> find(String episode, String name) throws IOException {
    Path file = path(episode, name);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(measure(name, file))
        : Optional.empty();
  }

  @Override
  public InputStream open(Evidence evidence) throws IOException {
    return Files.newInputStream(
        path(evidence.episode(), evidence.name()), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void delete(String episode) throws IOException {
    Path folder = root.resolve(safe(episode));
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  private Path path(String episode, String name) {
    return root.resolve(safe(episode)).resolve(safe(name));
  }

  private static String safe(String name) {
    if (!NAME.matcher(name).matches() || name.endsWith(UNFINISHED)) {
      throw new IllegalArgumentException(
          "a name of evidence is up to 128 letters, digits, '.', '_' and '-', not starting with '.'");
    }
    return name;
  }

  private static Stored measure(String name, Path file) throws IOException {
    MessageDigest digest = sha256();
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[64 << 10];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        bytes += read;
      }
    }
    return new Stored(name, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
