package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures the rules generator, started as people start it, beside promtool's check and tests of
 * the same files.
 */
final class RulesBench {
  /** A small run is over so soon that one says little. */
  private static final int RUNS = 3;

  private static final double QUARTER = 256e6;

  private final Project project;
  private final Tools tools;
  private final Processes processes;
  private final Path folder;
  private final Report report;
  private final String engine;
  private int generated;

  RulesBench(
      Project project, Tools tools, Processes processes, Path folder, Report report, String engine)
      throws IOException {
    this.project = project;
    this.tools = tools;
    this.processes = processes;
    this.folder = Files.createDirectories(folder.resolve(engine));
    this.report = report;
    this.engine = engine;
  }

  /**
   * @param tested how many services' tests promtool runs
   * @param many the largest fleet
   */
  void measure(int tested, int many) throws IOException, InterruptedException {
    // the launcher makes its class archive at the first start
    generate(1);
    size(1, "about 0.5 s");
    size(tested, "none");
    test(tested);
    size(many, "≤ 2 s, ≤ 256 MB");
  }

  private void size(int services, String goal) throws IOException, InterruptedException {
    report.begins(String.format(Locale.ROOT, "%,d services, engine %s", services, engine));
    CommandCost ours = CommandCost.median(RUNS, () -> generate(services));
    List<String> files = files("rules");
    List<String> check = new ArrayList<>(List.of(tools.promtool().toString(), "check", "rules"));
    check.addAll(files);
    CommandCost theirs =
        CommandCost.median(RUNS, () -> CommandCost.of(processes, "promtool-check", check));
    report.row(
        what("generate", services),
        goal,
        "%s%s; promtool check rules %s: %.1f : 1 in CPU",
        ours.text(),
        ours.peakBytes() > QUARTER ? " (more than 256 MB)" : "",
        theirs.text(),
        ours.cpuSeconds() / theirs.cpuSeconds());
  }

  private void test(int services) throws IOException, InterruptedException {
    report.begins(String.format(Locale.ROOT, "promtool test rules of %,d services", services));
    List<String> files = files("tests");
    List<String> command = new ArrayList<>(List.of(tools.promtool().toString(), "test", "rules"));
    command.addAll(files);
    CommandCost cost =
        CommandCost.median(1, () -> CommandCost.of(processes, "promtool-test", command));
    report.row(
        what("promtool test rules", services), "≤ 60 s", "%s, %d files", cost.text(), files.size());
  }

  private CommandCost generate(int services) throws IOException, InterruptedException {
    Path spec = folder.resolve(services + ".yaml");
    Files.writeString(spec, RulesFleet.spec(services, engine));
    generated++;
    return CommandCost.of(
        processes,
        "generate",
        List.of(
            project.root().resolve("tidemark").toString(),
            "rules",
            "generate",
            "--spec",
            spec.toString(),
            "--out",
            out().toString()));
  }

  /**
   * Of the last run. Each has one of its own until all engines are measured: ext4 looks at every
   * file that was deleted a moment ago before it makes a new one, which takes longer than all else.
   */
  private Path out() {
    return folder.resolve("out-" + generated);
  }

  private List<String> files(String kind) throws IOException {
    try (Stream<Path> files = Files.walk(out().resolve(kind))) {
      return files.map(Path::toString).filter(path -> path.endsWith(".yml")).sorted().toList();
    }
  }

  private String what(String what, int services) {
    return String.format(
        Locale.ROOT, "%s, %,d × %d alerts, engine %s", what, services, RulesFleet.ALERTS, engine);
  }
}
