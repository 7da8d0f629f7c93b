package dev.tidemark.rules;

import dev.tidemark.rules.check.Promtool;
import dev.tidemark.rules.output.Facts;
import dev.tidemark.rules.output.OutputFolder;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.test.Situation;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the tests a specification makes, and says what they cover. */
@Command(name = "test", description = "Runs the tests of a specification's rules with promtool.")
final class TestCommand implements Callable<Integer> {
  /** Two hundred services are tested within a minute, so one that takes ten is stuck. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @Mixin private SpecOption spec = new SpecOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--coverage",
      description = "Says for each alert which situations its tests show.")
  private boolean coverage;

  @Option(
      names = "--require",
      split = ",",
      paramLabel = "SITUATION,…",
      description =
          "Exit code 1 when a test of some alert is missing: firing, silent-below, no-data,"
              + " restart, gap, duplicates, missing-join.")
  private List<String> require = new ArrayList<>();

  /** The outcome as JSON. */
  private record Outcome(
      int passed, int failed, List<OneFile> files, @Nullable List<OneAlert> coverage) {}

  private record OneFile(String file, boolean ok, double seconds, @Nullable String output) {}

  private record OneAlert(
      String service, String alert, String severity, List<String> covered, List<String> missing) {}

  @Override
  public Integer call() throws Exception {
    Set<Situation> required = required();
    Optional<Generator.Output> made = spec.generate(format);
    if (made.isEmpty()) {
      return Cli.FINDINGS;
    }
    Promtool promtool =
        Promtool.find(System.getenv())
            .orElseThrow(
                () ->
                    new ExitException(
                        Cli.NO_ANSWER,
                        "no promtool on PATH or in the folder TIDEMARK_TOOLS_BIN names: it comes"
                            + " with Prometheus (Debian: prometheus)"));
    List<OneFile> files = run(promtool, made.get().files());
    List<OneAlert> covered = covered(made.get().services(), required);
    int failed = (int) files.stream().filter(file -> !file.ok()).count();
    boolean lacks = !required.isEmpty() && covered.stream().anyMatch(a -> !a.missing().isEmpty());
    boolean told = coverage || !required.isEmpty();
    format.tell(
        new Outcome(files.size() - failed, failed, files, told ? covered : null),
        out -> {
          if (told) {
            covered.forEach(alert -> tell(alert, out));
          }
          out.println((files.size() - failed) + " files passed, " + failed + " failed");
        });
    return failed > 0 || lacks ? Cli.FINDINGS : Cli.OK;
  }

  private Set<Situation> required() {
    Set<Situation> required = EnumSet.noneOf(Situation.class);
    for (String word : require) {
      try {
        required.add(Situation.parse(word));
      } catch (IllegalArgumentException e) {
        throw new ExitException(Cli.INVALID, "--require: " + e.getMessage());
      }
    }
    return required;
  }

  private List<OneFile> run(Promtool promtool, SortedMap<String, byte[]> files) throws Exception {
    SortedMap<String, byte[]> needed = new TreeMap<>(files);
    needed.keySet().removeIf(path -> !path.startsWith("rules/") && !path.startsWith("tests/"));
    Path folder = Files.createTempDirectory("tidemark-test-");
    try {
      OutputFolder.Changes unused = new OutputFolder(folder).write(needed, Facts.NONE);
      List<OneFile> done = new ArrayList<>();
      for (String path : needed.keySet()) {
        if (path.startsWith("tests/")) {
          done.add(run(promtool, folder, path));
        }
      }
      return done;
    } finally {
      remove(folder);
    }
  }

  private OneFile run(Promtool promtool, Path folder, String path)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Promtool.Answer answer =
        promtool.run(LONGEST, "test", "rules", folder.resolve(path).toString());
    double seconds = Math.round((System.nanoTime() - start) / 1e7) / 100.0;
    boolean ok = answer.code() == 0;
    String output = answer.text().replace(folder.toString() + "/", "").strip();
    if (!format.isJson()) {
      format
          .out()
          .println(
              (ok ? "ok      " : "FAILED  ")
                  + path
                  + String.format(Locale.ROOT, "  %.1f s", seconds));
      if (!ok) {
        output.lines().forEach(line -> format.out().println("        " + line));
      }
      format.out().flush();
    }
    return new OneFile(path, ok, seconds, ok ? null : output);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** What is missing is what is required, or where nothing is, all that is not shown. */
  private static List<OneAlert> covered(List<ServiceRules> services, Set<Situation> required) {
    List<OneAlert> alerts = new ArrayList<>();
    for (ServiceRules service : services) {
      for (TestedRule tested : service.rules()) {
        Set<Situation> covered = Situation.of(tested);
        Set<Situation> missing =
            required.isEmpty() ? EnumSet.allOf(Situation.class) : EnumSet.copyOf(required);
        missing.removeAll(covered);
        alerts.add(
            new OneAlert(
                service.service().name().value(),
                tested.rule().alert(),
                String.valueOf(tested.rule().labels().get("severity")),
                covered.stream().map(Situation::word).toList(),
                missing.stream().map(Situation::word).toList()));
      }
    }
    return alerts;
  }

  private static void tell(OneAlert alert, PrintWriter out) {
    out.println(
        alert.service()
            + "/"
            + alert.alert()
            + " ("
            + alert.severity()
            + "): "
            + String.join(", ", alert.covered())
            + (alert.missing().isEmpty()
                ? ""
                : "; not tested: " + String.join(", ", alert.missing())));
  }
}
