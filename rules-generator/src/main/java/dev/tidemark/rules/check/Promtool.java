package dev.tidemark.rules.check;

import dev.tidemark.rules.spec.Release;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prometheus' own tool, found on PATH or in the folder that TIDEMARK_TOOLS_BIN names. */
public record Promtool(Path binary) {
  private static final int LARGEST_ANSWER = 1 << 20;
  private static final Pattern VERSION = Pattern.compile("version ([0-9]{1,4}\\.[0-9]{1,4})");
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** What to do where it is older than what rules are for. */
  public static final String GET_NEWER =
      "what only the newer reads it calls wrong, so put a newer one on PATH or into the folder TIDEMARK_TOOLS_BIN names, or set target.prometheus"
          + " to what you run";

  /** What it answered: its exit code, and stdout and stderr together. */
  public record Answer(int code, String text) {}

  public static Optional<Promtool> find(Map<String, String> environment) {
    String places =
        environment.getOrDefault("TIDEMARK_TOOLS_BIN", "")
            + File.pathSeparator
            + environment.getOrDefault("PATH", "");
    for (String place : places.split(File.pathSeparator)) {
      try {
        Path binary = Path.of(place, "promtool");
        if (!place.isEmpty() && Files.isRegularFile(binary) && Files.isExecutable(binary)) {
          return Optional.of(new Promtool(binary));
        }
      } catch (InvalidPathException e) {
        // a folder that cannot exist holds no promtool
      }
    }
    return Optional.empty();
  }

  /**
   * Of which Prometheus it is, where that is older than the one that rules are for: it refuses what
   * only the newer one reads. Empty where it is as new, or does not say.
   */
  public Optional<Release> olderThan(Release target) throws IOException, InterruptedException {
    Matcher said = VERSION.matcher(run("--version").text());
    return said.find()
        ? Optional.of(Release.parse(said.group(1))).filter(own -> own.isBefore(target))
        : Optional.empty();
  }

  Answer run(String... arguments) throws IOException, InterruptedException {
    return run(LONGEST, arguments);
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException where it does not start, or takes longer than allowed
   */
  public Answer run(Duration longest, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("promtool-", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(binary + " did not answer within " + longest.toSeconds() + " s");
      }
      try (InputStream in = Files.newInputStream(output)) {
        String text = new String(in.readNBytes(LARGEST_ANSWER), StandardCharsets.UTF_8);
        return new Answer(process.exitValue(), text);
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
