package dev.tidemark.diagnosis.golang;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One Go toolchain. Found in TIDEMARK_TOOLS_BIN (made by e2e/tools.sh), .tools/bin, PATH, and the
 * folders that TIDEMARK_GOROOTS lists for other versions.
 */
public record Go(Path program, String version, Map<String, String> environment) {

  /** All that are here; says so loudly when there is none. */
  public static List<Go> all() {
    List<Go> found = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    Optional.ofNullable(System.getenv("TIDEMARK_TOOLS_BIN")).ifPresent(folders::add);
    folders.add(Path.of("..", ".tools", "bin").toString());
    folders.addAll(List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)));
    folders.stream()
        .map(folder -> Path.of(folder, "go").toAbsolutePath().normalize())
        .filter(Files::isExecutable)
        .findFirst()
        .ifPresent(go -> add(found, go, Map.of()));
    String roots = System.getenv().getOrDefault("TIDEMARK_GOROOTS", "");
    for (String root : roots.split(File.pathSeparator, -1)) {
      Path go = Path.of(root, "bin", "go");
      if (!root.isEmpty() && Files.isExecutable(go)) {
        add(found, go, Map.of("GOROOT", root));
      }
    }
    if (found.isEmpty()) {
      System.err.println(
          "SKIPPED: tests on real Go programs are not run, there is no Go: run e2e/tools.sh");
    } else if (found.size() == 1) {
      System.err.println(
          "SKIPPED: real Go programs only of "
              + found.get(0).version()
              + ": TIDEMARK_GOROOTS may list further ones");
    }
    return found;
  }

  private static void add(List<Go> found, Path program, Map<String, String> environment) {
    try {
      Output answer = run(List.of(program.toString(), "version"), environment, 20);
      String[] words = answer.out().split(" ");
      if (answer.code() == 0 && words.length > 2) {
        found.add(new Go(program, words[2], environment));
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("SKIPPED: " + program + " does not run: " + e);
    }
  }

  /** Builds the program in a folder of src/test/go. */
  public Path build(String name, Path folder) throws IOException, InterruptedException {
    Path binary = folder.resolve(name + "-" + version);
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.putAll(Map.of("GOTOOLCHAIN", "local", "GO111MODULE", "off", "GOPROXY", "off"));
    all.put("GOFLAGS", "");
    all.put("CGO_ENABLED", "0");
    String source = Path.of("src", "test", "go", name, "main.go").toString();
    Output built =
        run(List.of(program.toString(), "build", "-o", binary.toString(), source), all, 240);
    if (built.code() != 0) {
      throw new IOException(built.err());
    }
    return binary;
  }

  /** What a program printed; it is killed after so many seconds. */
  public record Output(int code, String out, String err) {}

  /** Runs a program to its end. */
  public static Output run(List<String> command, Map<String, String> environment, int seconds)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("tidemark", ".out");
    Path err = Files.createTempFile("tidemark", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IOException(command + " did not end in " + seconds + " s");
      }
      return new Output(
          process.exitValue(),
          Files.readString(out, StandardCharsets.ISO_8859_1),
          Files.readString(err, StandardCharsets.ISO_8859_1));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
