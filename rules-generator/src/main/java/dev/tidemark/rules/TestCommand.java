package dev.tidemark.rules;

import dev.tidemark.rules.check.Promtool;
import dev.tidemark.rules.output.Facts;
import dev.tidemark.rules.output.OutputFolder;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.spec.Release;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  /** promtool itself uses more than one processor. */
  private static final int MOST_AT_ONCE = 4;

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
    Release target = made.get().model().target().prometheus().value();
    Optional<Release> old = promtool.olderThan(target);
    // said when one's own expressions were read
    if (old.isPresent() && made.get().userExpressions().isEmpty()) {
      format
          .err()
          .println(
              "note: promtool is of Prometheus %s, older than target.prometheus %s; "
                      .formatted(old.get(), target)
                  + Promtool.GET_NEWER);
    }
    List<OneFile> files = run(promtool, made.get().files());
    List<OneAlert> covered = covered(made.get().services(), required);
    int failed = (int) files.stream().filter(file -> !file.ok()).count();
    long lack =
        required.isEmpty() ? 0 : covered.stream().filter(a -> !a.missing().isEmpty()).count();
    boolean told = coverage || !required.isEmpty();
    format.tell(
        new Outcome(files.size() - failed, failed, files, told ? covered : null),
        out -> {
          if (told) {
            covered.forEach(alert -> tell(alert, out));
          }
          out.println(
              Counted.of(files.size() - failed, "file")
                  + " passed, "
                  + failed
                  + " failed"
                  + (required.isEmpty()
                      ? ""
                      : lack == 0
                          ? "; every alert has the tests that --require wants"
                          : "; "
                              + Counted.of(lack, "alert")
                              + " without a test that --require wants"));
        });
    return failed > 0 || lack > 0 ? Cli.FINDINGS : Cli.OK;
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
      List<String> tests = needed.keySet().stream().filter(TestCommand::isTest).toList();
      ExecutorService runners =
          Executors.newFixedThreadPool(
              Math.min(MOST_AT_ONCE, Runtime.getRuntime().availableProcessors()));
      try {
        List<Future<OneFile>> started =
            tests.stream().map(path -> runners.submit(() -> run(promtool, folder, path))).toList();
        List<OneFile> done = new ArrayList<>();
        for (Future<OneFile> one : started) {
          done.add(told(one.get()));
        }
        return done;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      } finally {
        runners.shutdownNow();
      }
    } finally {
      remove(folder);
    }
  }

  private static boolean isTest(String path) {
    return path.startsWith("tests/") && path.endsWith("_test.yml");
  }

  private OneFile run(Promtool promtool, Path folder, String path)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Promtool.Answer answer =
        promtool.run(LONGEST, "test", "rules", folder.resolve(path).toString());
    double seconds = Math.round((System.nanoTime() - start) / 1e7) / 100.0;
    boolean ok = answer.code() == 0;
    String output = answer.text().replace(folder.toString() + "/", "").strip();
    return new OneFile(path, ok, seconds, ok ? null : output);
  }

  private OneFile told(OneFile file) {
    if (!format.isJson()) {
      format
          .out()
          .println(
              (file.ok() ? "ok      " : "FAILED  ")
                  + file.file()
                  + String.format(Locale.ROOT, "  %.1f s", file.seconds()));
      if (file.output() != null) {
        file.output().lines().forEach(line -> format.out().println("        " + line));
      }
      format.out().flush();
    }
    return file;
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
