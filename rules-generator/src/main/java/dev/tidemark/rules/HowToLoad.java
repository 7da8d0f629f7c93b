package dev.tidemark.rules;

import dev.tidemark.rules.dashboard.Dashboards;
import dev.tidemark.rules.output.OutputFolder;
import dev.tidemark.rules.output.YamlText;
import dev.tidemark.rules.spec.TargetSpec.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What to write into the configuration of servers, so that they load a folder. */
final class HowToLoad {
  private final Path folder;
  private final Set<String> before;

  private HowToLoad(Path folder, Set<String> before) {
    this.folder = folder;
    this.before = before;
  }

  /** Asked before a folder is written: it is told only what is to be loaded anew. */
  static HowToLoad of(Path folder) throws IOException {
    return new HowToLoad(folder, teams(folder));
  }

  /**
   * Lines to tell once the folder was written; none where all that it holds could be loaded before.
   * Prometheus takes a star in the last part of a path only, so there is a line for each team.
   *
   * @param dashboards where they are, if not in the folder
   */
  List<String> lines(Output output, Optional<Path> dashboards) throws IOException {
    Set<String> teams = teams(folder);
    if (before.containsAll(teams)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    switch (output) {
      case FILES -> lines.add("to load it, in prometheus.yml:");
      case THANOS, VICTORIAMETRICS -> lines.add("to load it, these are the ruler's files:");
      case MIMIR -> {
        return List.of("to load it: tidemark rules apply --mimir URL, with the same --spec");
      }
      case PROMETHEUS_RULE -> {
        return List.of(
            "to load it: tidemark rules apply --kubectl with the same --spec, or kubectl apply"
                + " --server-side -f "
                + at(folder).resolve("kubernetes"));
      }
    }
    lines.add("rule_files:");
    Path at = at(folder);
    teams.forEach(team -> lines.add("  - " + text(at.resolve("rules").resolve(team) + "/*.yml")));
    lines.add("Alertmanager: --config.file=" + at.resolve("alertmanager/alertmanager.yml"));
    lines.add(
        "Grafana: import the files of "
            + at(dashboards.orElse(folder.resolve(Dashboards.FOLDER)))
            + ", or provision that folder");
    return lines;
  }

  private static Set<String> teams(Path folder) throws IOException {
    Path rules = folder.resolve("rules");
    if (!Files.isDirectory(rules)) {
      return Set.of();
    }
    Set<String> teams = new TreeSet<>();
    try (Stream<Path> all = Files.list(rules)) {
      all.filter(Files::isDirectory).forEach(team -> teams.add(team.getFileName().toString()));
    }
    return teams;
  }

  /** As it was given, but for what the reader's own folder would change. */
  private static Path at(Path folder) throws IOException {
    Path place = OutputFolder.place(folder).toAbsolutePath();
    return place.equals(place.normalize()) ? place : place.toRealPath();
  }

  private static String text(String path) {
    return path.matches("[A-Za-z0-9/._*-]+") ? path : YamlText.quoted(path);
  }
}
