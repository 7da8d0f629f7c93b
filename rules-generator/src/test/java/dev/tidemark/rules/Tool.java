package dev.tidemark.rules;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A real promtool or amtool, from PATH or the folder TIDEMARK_TOOLS_BIN names. */
public record Tool(Path binary) {
  public record Answer(int code, String text) {}

  /** The tool; where it is missing that is said loudly, and tests are skipped. */
  public static Optional<Tool> find(String name) {
    String places =
        System.getenv().getOrDefault("TIDEMARK_TOOLS_BIN", "")
            + File.pathSeparator
            + System.getenv().getOrDefault("PATH", "");
    Optional<Tool> found =
        Stream.of(places.split(File.pathSeparator))
            .filter(place -> !place.isEmpty())
            .map(place -> Path.of(place, name))
            .filter(Files::isExecutable)
            .map(Tool::new)
            .findFirst();
    if (found.isEmpty()) {
      System.err.println(
          "SKIPPED: "
              + name
              + " is neither on PATH nor in TIDEMARK_TOOLS_BIN; ./tidemark test"
              + " brings it");
    }
    return found;
  }

  public Answer run(Path directory, String... arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(binary.toString()), Stream.of(arguments)).toList())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }
}
