package dev.tidemark.e2e.server;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the programs of others are: the folder {@code TIDEMARK_TOOLS_BIN} (made by e2e/tools.sh),
 * then PATH.
 */
public record Tools(Path prometheus, Path promtool, Path alertmanager, Path amtool, Path go) {

  /** The tools, or what is missing in words. */
  public static Tools find() throws MissingTools {
    List<String> missing = new ArrayList<>();
    Tools tools =
        new Tools(
            find(missing, "prometheus"),
            find(missing, "promtool"),
            find(missing, "alertmanager", "prometheus-alertmanager"),
            find(missing, "amtool"),
            find(missing, "go"));
    if (!missing.isEmpty()) {
      throw new MissingTools(
          "not on PATH nor in TIDEMARK_TOOLS_BIN: "
              + String.join(", ", missing)
              + "; start through ./tidemark, which fetches them");
    }
    return tools;
  }

  private static Path find(List<String> missing, String... names) {
    for (String folder : folders()) {
      for (String name : names) {
        Path candidate = Path.of(folder, name);
        if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
          return candidate;
        }
      }
    }
    missing.add(names[0]);
    return Path.of(names[0]);
  }

  private static List<String> folders() {
    List<String> folders = new ArrayList<>();
    Optional.ofNullable(System.getenv("TIDEMARK_TOOLS_BIN")).ifPresent(folders::add);
    Optional.ofNullable(System.getenv("PATH"))
        .ifPresent(path -> folders.addAll(List.of(path.split(File.pathSeparator, -1))));
    folders.removeIf(String::isEmpty);
    return folders;
  }

  /** A program that is needed is not here. */
  public static final class MissingTools extends Exception {
    private static final long serialVersionUID = 1;

    MissingTools(String message) {
      super(message);
    }
  }
}
