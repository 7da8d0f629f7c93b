package dev.tidemark.e2e.server;

import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The Go service of e2e/service as a process that can be restarted. Thread-safe by its lock. */
public final class GoService {
  private final Processes processes;
  private final Http http;
  private final String name;
  private final Path program;
  private final int port;
  private OwnedProcess process;
  private int starts;

  /** Starts it with so many idle goroutines. */
  public GoService(Built built, String name, int port, int workers) throws IOException {
    this.processes = built.processes();
    this.http = built.http();
    this.program = built.program();
    this.name = name;
    this.port = port;
    this.process = launch(workers);
  }

  /** The compiled service and what runs it. */
  public record Built(Processes processes, Http http, Path program) {}

  /** Compiles the service with real client_golang; a few seconds the first time. */
  public static Built build(Processes processes, Tools tools, Project project, Http http)
      throws IOException, InterruptedException {
    Path program = project.runs().resolve("service");
    List<String> command =
        new ArrayList<>(List.of(tools.go().toString(), "build", "-o", program.toString()));
    // by name: without a module Go takes no folder outside of its own
    try (Stream<Path> files = Files.list(project.e2e("service"))) {
      files.map(Path::toString).filter(file -> file.endsWith(".go")).sorted().forEach(command::add);
    }
    OwnedProcess build = processes.start("go-build", command);
    if (build.await(240, TimeUnit.SECONDS) != 0) {
      throw new IOException("the Go service does not compile:\n" + build.tail(20));
    }
    return new Built(processes, http, program);
  }

  private OwnedProcess launch(int workers) throws IOException {
    starts++;
    return processes.start(
        name, List.of(program.toString(), "-listen=127.0.0.1:" + port, "-workers=" + workers));
  }

  public String name() {
    return name;
  }

  public String instance() {
    return "127.0.0.1:" + port;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public synchronized OwnedProcess process() {
    return process;
  }

  /** How often it was started, the first time included. */
  public synchronized int starts() {
    return starts;
  }

  public void awaitReady(Duration atMost) throws Await.NotReached, InterruptedException {
    Await.that(name + " serves", atMost, () -> http.answers(url() + "/healthy"), process());
  }

  /** Sets its behaviour: {@code leak=8&workers=200}. */
  public void behave(String query) throws IOException, InterruptedException {
    String unused = http.get(url() + "/behave?" + query);
  }

  /** Ends the process and, after {@code pause}, starts a fresh one: nothing that leaked is left. */
  public synchronized void restart(int workers, Duration pause)
      throws IOException, InterruptedException {
    process.terminate();
    int unused = process.await(10, TimeUnit.SECONDS);
    TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    process = launch(workers);
  }
}
