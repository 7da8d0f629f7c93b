package dev.tidemark.e2e.corpus.goroutines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder of Go programs, each a file of its own: {@code healthy_*} leak nothing, {@code *_test}
 * are tests. All are built together with the file record.go beside the folder, which writes their
 * dumps.
 */
record Programs(Path folder) {
  static final List<String> FORMS =
      List.of("goroutine-debug2.txt", "goroutine-debug1.txt", "goroutine.pb.gz");
  private static final String PACKAGES = "src/example.org";
  private static final String TEST = "_test";
  private static final int AT_ONCE = 8;
  private static final int SECONDS = 300;

  /** One program, by the name of its file. */
  record Program(Path source) {
    String name() {
      String file = source.getFileName().toString();
      return file.substring(0, file.length() - ".go".length());
    }

    boolean isTest() {
      return name().endsWith(TEST);
    }

    boolean isHealthy() {
      return name().startsWith("healthy_");
    }
  }

  List<Program> all() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".go"))
          .sorted()
          .map(Program::new)
          .toList();
    }
  }

  /** Builds and runs all; the dumps of each are then in a folder of its name. */
  void record(String go, Map<String, String> environment, Path work)
      throws IOException, InterruptedException, ExecutionException {
    Path packages = Files.createDirectories(work.resolve(PACKAGES));
    String recorder = Files.readString(folder.resolveSibling("record.go"));
    for (Program program : all()) {
      Path its = Files.createDirectories(packages.resolve(program.name()));
      Files.copy(
          program.source(),
          its.resolve(program.source().getFileName()),
          StandardCopyOption.REPLACE_EXISTING);
      String clause = program.isTest() ? "package shop" : "package main";
      Files.writeString(its.resolve("record.go"), recorder.replaceFirst("package main", clause));
    }
    Path programs = Files.createDirectories(work.resolve("bin"));
    build(environment, work, go, "build", "-o", programs.toString(), "./...");
    for (Program program : all()) {
      if (program.isTest()) {
        String to = programs.resolve(program.name()).toString();
        build(environment, work, go, "test", "-c", "-o", to, "./" + program.name());
      }
    }
    runAll(programs, work);
  }

  private static void build(Map<String, String> environment, Path work, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.resolve(PACKAGES).toFile());
    builder.environment().putAll(environment);
    builder.environment().put("GO111MODULE", "off");
    builder.environment().put("GOPATH", work.toString());
    Path log = work.resolve("build.log");
    if (execute(builder, log) != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + Files.readString(log));
    }
  }

  private void runAll(Path programs, Path work)
      throws IOException, InterruptedException, ExecutionException {
    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (Program program : all()) {
        Path dumps = Files.createDirectories(work.resolve(program.name()));
        Path binary = programs.resolve(program.name());
        runs.add(
            workers.submit(
                () -> {
                  run(binary, dumps);
                  return program;
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  /** How it ends says nothing: many of them cannot end by themselves. */
  private static void run(Path program, Path dumps) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(program.toString()).directory(dumps.toFile());
    builder.environment().put("DUMPS", dumps.toString());
    Path log = dumps.resolve("log");
    execute(builder, log);
    for (String form : FORMS) {
      if (!Files.exists(dumps.resolve(form))) {
        throw new IOException(program + " wrote no " + form + ": " + Files.readString(log));
      }
    }
  }

  private static int execute(ProcessBuilder builder, Path log)
      throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(builder.command() + " took more than " + SECONDS + " s");
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
