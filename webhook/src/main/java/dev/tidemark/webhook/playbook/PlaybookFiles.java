package dev.tidemark.webhook.playbook;

import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the playbooks that the configuration's globs name; all problems of all files at once. */
public final class PlaybookFiles {

  /** Folders below a glob's fixed part that are looked into. */
  private static final int DEPTH = 8;

  private static final int MAX_BYTES = 1 << 20;

  private PlaybookFiles() {}

  /**
   * @param folder what relative globs start in
   * @throws ProblemsException with every problem; a path without wildcard must be there, a glob may
   *     match nothing
   */
  public static List<LoadedPlaybook> load(Path folder, List<Placed<String>> globs)
      throws ProblemsException {
    List<Problem> problems = new ArrayList<>();
    Set<Path> files = new LinkedHashSet<>();
    for (Placed<String> glob : globs) {
      try {
        files.addAll(expand(folder, glob));
      } catch (IOException | IllegalArgumentException e) {
        problems.add(glob.problem("cannot be looked through: " + e.getMessage()));
      }
    }
    List<LoadedPlaybook> loaded = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (Path file : files) {
      try {
        LoadedPlaybook playbook = read(file);
        String other = names.putIfAbsent(playbook.playbook().name(), playbook.file());
        if (other != null) {
          problems.add(
              new Problem(
                  new Place(playbook.file(), 0, 0),
                  "playbook " + playbook.playbook().name() + " stands in " + other + " already"));
        }
        loaded.add(playbook);
      } catch (ProblemsException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return loaded;
  }

  /** Reads one file. */
  public static LoadedPlaybook read(Path file) throws ProblemsException {
    String name = file.toString();
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
        throw new ProblemsException(
            new Place(name, 0, 0), "is larger than 1 MiB, which no playbook is");
      }
      Playbook playbook = StrictYaml.read(file, Playbook.class);
      String source = Files.readString(file, StandardCharsets.UTF_8);
      return new LoadedPlaybook(name, source, sha256(source), playbook);
    } catch (IOException e) {
      throw new ProblemsException(new Place(name, 0, 0), "cannot be read: " + e.getMessage());
    }
  }

  /** Reads the text that a plan kept. */
  public static LoadedPlaybook reread(String file, String source) throws ProblemsException {
    return new LoadedPlaybook(
        file, source, sha256(source), StrictYaml.read(file, source, Playbook.class));
  }

  /** In lower-case hex. */
  public static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static List<Path> expand(Path folder, Placed<String> glob) throws IOException {
    Path pattern = folder.resolve(glob.value()).normalize();
    int wild = firstWild(pattern);
    if (wild < 0) {
      return List.of(pattern);
    }
    Path root = pattern.getRoot();
    Path start = wild == 0 ? Path.of("") : pattern.subpath(0, wild);
    start = root == null ? start : root.resolve(start);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    try (Stream<Path> found = Files.walk(start, DEPTH)) {
      return found
          .filter(path -> matcher.matches(path) && Files.isRegularFile(path))
          .sorted()
          .toList();
    }
  }

  private static int firstWild(Path pattern) {
    for (int i = 0; i < pattern.getNameCount(); i++) {
      if (pattern.getName(i).toString().matches(".*[*?\\[{].*")) {
        return i;
      }
    }
    return -1;
  }
}
