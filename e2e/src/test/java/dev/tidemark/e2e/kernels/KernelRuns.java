package dev.tidemark.e2e.kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Builds e2e/kernels with one Go and runs them, each in its own process. */
record KernelRuns(Path program, Path folder) {
  private static final int AT_ONCE = 24;
  private static final int MANY = 20;
  private static final int SECONDS = 180;

  /** One process and the folder with its dumps. */
  record Run(Kernel kernel, String style, int copies, Path dumps) {}

  static KernelRuns build(String go, Map<String, String> environment, Path sources, Path folder)
      throws IOException, InterruptedException {
    Path program = folder.resolve("kernels");
    ProcessBuilder build =
        new ProcessBuilder(go, "build", "-o", program.toString(), ".").directory(sources.toFile());
    build.environment().put("GO111MODULE", "off");
    build.environment().putAll(environment);
    execute(build, folder.resolve("build.log"));
    return new KernelRuns(program, folder);
  }

  List<Kernel> list() throws IOException, InterruptedException {
    Path log = folder.resolve("list.log");
    execute(new ProcessBuilder(program.toString()), log);
    return Files.readAllLines(log).stream().map(Kernel::of).toList();
  }

  /**
   * Runs all in every style: as a script, in a service, beside a port for profiles, in a test.
   * Leaking ones run once, and in scripts and services many times, too.
   */
  List<Run> all(List<Kernel> kernels, boolean aged)
      throws IOException, InterruptedException, ExecutionException {
    ExecutorService workers = Executors.newFixedThreadPool(aged ? 400 : AT_ONCE);
    try {
      List<Future<Run>> runs = new ArrayList<>();
      for (Kernel kernel : kernels) {
        for (String style : List.of("script", "service", "debug", "test")) {
          boolean test = style.equals("test");
          boolean many = !kernel.healthy() && !test && !style.equals("debug");
          if (test && kernel.blocks()) {
            continue; // the test would not end
          }
          for (int copies : many ? List.of(1, MANY) : List.of(1)) {
            runs.add(workers.submit(() -> run(kernel, style, copies, aged)));
          }
        }
      }
      List<Run> done = new ArrayList<>();
      for (Future<Run> run : runs) {
        done.add(run.get());
      }
      return done;
    } finally {
      workers.shutdownNow();
    }
  }

  private Run run(Kernel kernel, String style, int copies, boolean aged)
      throws IOException, InterruptedException {
    Path dumps = folder.resolve(kernel.name() + "-" + style + "-" + copies);
    Files.createDirectories(dumps);
    List<String> command =
        new ArrayList<>(List.of(program.toString(), "-kernel", kernel.name(), "-style", style));
    command.addAll(List.of("-copies", String.valueOf(copies), "-out", dumps.toString()));
    if (aged) {
      command.add("-aged");
    }
    execute(new ProcessBuilder(command), dumps.resolve("log"));
    return new Run(kernel, style, copies, dumps);
  }

  private static void execute(ProcessBuilder builder, Path log)
      throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(builder.command() + " failed: " + Files.readString(log));
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
