package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real Prometheus with a history that promtool made of OpenMetrics; ends with the test. */
public final class RealPrometheus implements AutoCloseable {
  private final Process process;
  private final int port;

  private RealPrometheus(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one, or skips the test where there is none.
   *
   * @param openMetrics without the end mark; samples of a series in order
   */
  public static RealPrometheus orSkip(Path folder, String openMetrics)
      throws IOException, InterruptedException {
    Optional<Tool> prometheus = Tool.find("prometheus");
    Optional<Tool> promtool = Tool.find("promtool");
    assumeTrue(prometheus.isPresent() && promtool.isPresent());
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("history.om"), openMetrics + "# EOF\n");
    Tool.Answer made =
        promtool
            .get()
            .run(
                folder,
                "tsdb",
                "create-blocks-from",
                "--max-block-duration=162h",
                "openmetrics",
                "history.om",
                "data");
    assertThat(made.code()).as(made.text()).isZero();
    return startOrSkip(folder, "global: {}\n");
  }

  /**
   * Starts one in a folder that may hold a history in {@code data}, or skips the test where there
   * is none.
   *
   * @param flags beside those for its config, storage and address
   */
  public static RealPrometheus startOrSkip(Path folder, String config, String... flags)
      throws IOException {
    Optional<Tool> prometheus = Tool.find("prometheus");
    assumeTrue(prometheus.isPresent());
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("prometheus.yml"), config);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                prometheus.get().binary().toString(),
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--storage.tsdb.retention.time=100y",
                "--web.listen-address=127.0.0.1:" + port));
    command.addAll(List.of(flags));
    return new RealPrometheus(started(folder, command, "Server is ready"), port);
  }

  /** Alertmanager instead, with a configuration that is there already. */
  static RealPrometheus alertmanagerOrSkip(Path folder, Path config) throws IOException {
    Optional<Tool> alertmanager = Tool.find("alertmanager");
    assumeTrue(alertmanager.isPresent());
    Files.createDirectories(folder);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<String> command =
        List.of(
            alertmanager.get().binary().toString(),
            "--config.file=" + config.toAbsolutePath(),
            "--storage.path=data",
            "--cluster.listen-address=",
            "--web.listen-address=127.0.0.1:" + port);
    return new RealPrometheus(started(folder, command, "Listening"), port);
  }

  private static Process started(Path folder, List<String> command, String ready)
      throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    BufferedReader log =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      if (line.contains(ready)) {
        return process;
      }
    }
    throw new IOException(command.get(0) + " ended:\n" + said);
  }

  long pid() {
    return process.pid();
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
