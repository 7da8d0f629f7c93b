package dev.tidemark.e2e.server;

import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One of Tidemark's servers (exporter or webhook) as its own JVM, as users run it. */
public final class Program {
  private final Processes processes;
  private final Http http;
  private final String name;
  private final String url;
  private final List<String> command;
  private OwnedProcess process;

  private Program(Processes processes, Http http, String name, String url, List<String> command)
      throws IOException {
    this.processes = processes;
    this.http = http;
    this.name = name;
    this.url = url;
    this.command = command;
    this.process = processes.start(name, command);
  }

  /** Starts a server with a config, its data in {@code storage}, listening on a loopback port. */
  public static Program start(
      Processes processes, Project project, Http http, Launch launch, String... flags)
      throws IOException {
    List<String> options = new ArrayList<>();
    options.add("-Xshare:auto");
    if (launch.program().equals("exporter")) {
      options.add("@" + project.root().resolve("deploy/exporter.jvm"));
      // Java 25 is the first that has it
      options.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseCompactObjectHeaders"));
    }
    List<String> command =
        new ArrayList<>(project.java(launch.program(), options.toArray(String[]::new)));
    command.addAll(launch.flags());
    command.addAll(List.of(flags));
    return new Program(processes, http, launch.program(), launch.url(), command);
  }

  /**
   * Starts a server as people do, by the launcher.
   *
   * @param javaOptions beside the launcher's own
   */
  public static Program launched(
      Processes processes, Project project, Http http, Launch launch, String javaOptions)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add("env");
    command.add("TIDEMARK_JAVA_OPTS=" + javaOptions);
    command.add(project.root().resolve("tidemark").toString());
    command.add(launch.program());
    command.addAll(launch.flags());
    return new Program(processes, http, launch.program(), launch.url(), command);
  }

  /** What a server is started with. */
  public record Launch(String program, Path config, Path storage, int port) {
    private String url() {
      return "http://" + address();
    }

    private String address() {
      return "127.0.0.1:" + port;
    }

    private List<String> flags() {
      return List.of(
          "--config.file=" + config,
          "--storage.path=" + storage,
          "--web.listen-address=" + address());
    }
  }

  public String url() {
    return url;
  }

  public OwnedProcess process() {
    return process;
  }

  public void awaitReady(Duration atMost) throws Await.NotReached, InterruptedException {
    Await.that("the " + name + " is ready", atMost, () -> http.answers(url + "/-/ready"), process);
  }

  /** SIGKILL: no chance to write anything more. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** Starts it again with what it was started with, less flags that begin so. */
  public void startAgain(String... withoutFlags) throws IOException {
    List<String> again = new ArrayList<>(command);
    again.removeIf(part -> List.of(withoutFlags).stream().anyMatch(part::startsWith));
    process = processes.start(name, again);
  }
}
