package dev.tidemark.signals.oracle;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The real promtool, from PATH or the directory TIDEMARK_TOOLS_BIN names. */
public record Promtool(Path binary) {
  public record Answer(int code, String text) {}

  public static Optional<Promtool> find() {
    String places =
        System.getenv().getOrDefault("TIDEMARK_TOOLS_BIN", "")
            + File.pathSeparator
            + System.getenv().getOrDefault("PATH", "");
    Optional<Promtool> found =
        Stream.of(places.split(File.pathSeparator))
            .filter(place -> !place.isEmpty())
            .map(place -> Path.of(place, "promtool"))
            .filter(Files::isExecutable)
            .map(Promtool::new)
            .findFirst();
    if (found.isEmpty()) {
      System.err.println(
          "SKIPPED: promtool is neither on PATH nor in TIDEMARK_TOOLS_BIN; ./tidemark test brings"
              + " it");
    }
    return found;
  }

  public Answer run(Path directory, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(binary.toString()), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }
}
