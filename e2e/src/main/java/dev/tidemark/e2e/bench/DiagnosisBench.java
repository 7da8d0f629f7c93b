package dev.tidemark.e2e.bench;

import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Project;
import dev.tidemark.e2e.server.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Measures {@code tidemark diagnose}, started as people start it, on files that are made for it. A
 * rate is of the CPU beyond that of a start on next to nothing.
 */
final class DiagnosisBench {
  private static final int RUNS = 3;
  private static final double MIB = 1 << 20;
  private static final int DEEP = 12;
  private static final int SHALLOW = 4;

  private final Project project;
  private final Tools tools;
  private final Processes processes;
  private final Path folder;
  private final Report report;
  private final Logs logs;
  private double start;

  DiagnosisBench(Project project, Tools tools, Processes processes, Path folder, Report report)
      throws IOException {
    this.project = project;
    this.tools = tools;
    this.processes = processes;
    this.folder = Files.createDirectories(folder.resolve("evidence"));
    this.report = report;
    this.logs = new Logs(this.folder);
  }

  /** What every run pays; the parts below need it. */
  void start() throws IOException, InterruptedException {
    report.begins("one goroutine");
    String dump = logs.dump("one.txt", 1, 1).toString();
    // the launcher makes its class archive at the first start
    CommandCost unused = CommandCost.median(1, () -> diagnose("goroutines", dump));
    CommandCost cost = CommandCost.median(RUNS, () -> diagnose("goroutines", dump));
    start = cost.cpuSeconds();
    report.fact("diagnose a dump of one goroutine", "%s", cost.text());
  }

  /**
   * @param part of the whole size
   */
  void dumps(double part) throws IOException, InterruptedException {
    Path deep = logs.dump("deep.txt", (int) (42_000 * part), DEEP);
    rate("goroutine dump, %d frames a stack".formatted(DEEP), "≥ 200 MiB/s", deep, "goroutines");
    int many = (int) (100_000 * part);
    judging(many, "goroutines", "< 1 s after JVM start", logs.dump("many.txt", many, SHALLOW));
    int waiters = (int) (60_000 * part);
    judging(waiters, "waiters for 2,000 locks", "none", logs.waiters("waiters.txt", waiters));
    int links = (int) (10_000 * part);
    judging(links, "that wait for one another in a chain", "none", logs.chain("chain.txt", links));
  }

  private void judging(int many, String whom, String goal, Path file)
      throws IOException, InterruptedException {
    String what = String.format(Locale.ROOT, "judging %,d %s", many, whom);
    report.begins(what);
    CommandCost cost = CommandCost.median(RUNS, () -> diagnose("goroutines", file.toString()));
    report.row(
        what,
        goal,
        "%s, %.2f s CPU beyond a start; %.0f MiB of text",
        cost.text(),
        cost.cpuSeconds() - start,
        Files.size(file) / MIB);
  }

  /**
   * @param bytes of each log
   */
  void runtime(long bytes) throws IOException, InterruptedException {
    Path resources = project.root().resolve("diagnosis/src/test/resources");
    byte[] kernel = Files.readAllBytes(resources.resolve("oom/kernel-6.18-cgroup-v1.txt"));
    byte[] trace;
    try (InputStream packed =
        new GZIPInputStream(Files.newInputStream(resources.resolve("trace/go127-parsed.txt.gz")))) {
      trace = packed.readAllBytes();
    }
    rate("gctrace", "none", logs.gctrace(bytes), "gctrace");
    rate("schedtrace", "none", logs.schedtrace(bytes), "schedtrace");
    rate("text of go tool trace", "none", logs.repeated("trace.txt", trace, bytes), "trace");
    Path kernelLog = logs.repeated("kernel.txt", kernel, bytes);
    rate("kernel log full of kills", "none", kernelLog, "oom", "--kernel-log");
  }

  /** Beside {@code go tool pprof -raw}, which reads and prints. */
  void profiles(double part) throws IOException, InterruptedException {
    Path base = folder.resolve("base.pb.gz");
    HeapProfile.write(base, 1);
    for (int stacks : List.of((int) (2_000 * part), (int) (100_000 * part))) {
      Path file = folder.resolve("heap-" + stacks + ".pb.gz");
      HeapProfile.write(file, stacks);
      String what = String.format(Locale.ROOT, "heap profile of %,d stacks of 20 frames", stacks);
      report.begins(what);
      CommandCost ours =
          CommandCost.median(
              RUNS,
              () -> diagnose("heap-diff", "--base", base.toString(), "--target", file.toString()));
      List<String> raw =
          List.of(
              tools.go().toString(),
              "tool",
              "pprof",
              "-raw",
              "-symbolize=none",
              "-output=" + folder.resolve("raw.txt"),
              file.toString());
      CommandCost theirs = CommandCost.median(RUNS, () -> CommandCost.of(processes, "pprof", raw));
      report.fact(
          what,
          "%s; go tool pprof -raw %.2f s CPU: %.1f : 1, %.1f : 1 without our start",
          ours.text(),
          theirs.cpuSeconds(),
          ours.cpuSeconds() / theirs.cpuSeconds(),
          (ours.cpuSeconds() - start) / theirs.cpuSeconds());
    }
  }

  /** A heap dump that a JVM writes of itself. */
  void hprof(double part) throws IOException, InterruptedException {
    report.begins("a JVM fills its heap and writes it");
    Path base = hprof("base.hprof", 1_000);
    Path target = hprof("target.hprof", (int) (420_000 * part));
    double size = Files.size(target);
    String what = String.format(Locale.ROOT, "heap dump of a JVM, %.0f MB", size / 1e6);
    report.begins(what);
    CommandCost cost =
        CommandCost.median(
            1,
            () -> diagnose("heap-diff", "--base", base.toString(), "--target", target.toString()));
    report.row(
        what,
        "1 GB within 1 GB of heap",
        "%s; %.0f MB/s beyond a start",
        cost.text(),
        size / 1e6 / (cost.cpuSeconds() - start));
  }

  private Path hprof(String name, int orders) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            HeapFill.class.getName(),
            file.toString(),
            Integer.toString(orders));
    CommandCost unused =
        CommandCost.median(1, () -> CommandCost.of(processes, "heap-fill", command));
    return file;
  }

  private void rate(String what, String goal, Path file, String... command)
      throws IOException, InterruptedException {
    double mib = Files.size(file) / MIB;
    String sized = String.format(Locale.ROOT, "%s, %.0f MiB", what, mib);
    report.begins(sized);
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.add(file.toString());
    CommandCost cost = CommandCost.median(RUNS, () -> diagnose(arguments.toArray(String[]::new)));
    report.row(
        sized,
        goal,
        "%s; %.0f MiB/s beyond a start",
        cost.text(),
        mib / (cost.cpuSeconds() - start));
    Files.delete(file);
  }

  private CommandCost diagnose(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(project.root().resolve("tidemark").toString(), "diagnose"));
    command.addAll(List.of(arguments));
    return CommandCost.of(processes, "diagnose", command);
  }
}
