package dev.tidemark.rules.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks promtool about rule files before anybody loads them. */
public final class FilesCheck {
  private static final String RULES = "rules/";
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private FilesCheck() {}

  /** What it says against the rule files among these; empty where it takes them. */
  public static Optional<String> of(Promtool promtool, Map<String, byte[]> files)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tidemark-check-");
    try {
      List<String> arguments = new ArrayList<>(List.of("check", "rules"));
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        if (file.getKey().startsWith(RULES)) {
          Path path = folder.resolve(file.getKey());
          Files.createDirectories(Objects.requireNonNull(path.getParent()));
          Files.write(path, file.getValue());
          arguments.add(path.toString());
        }
      }
      if (arguments.size() == 2) {
        return Optional.empty();
      }
      Promtool.Answer answer = promtool.run(LONGEST, arguments.toArray(new String[0]));
      return answer.code() == 0 ? Optional.empty() : Optional.of(answer.text());
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
