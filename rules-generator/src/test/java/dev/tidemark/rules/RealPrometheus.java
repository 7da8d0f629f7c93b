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
    Files.writeString(folder.resolve("prometheus.yml"), "global: {}\n");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    prometheus.get().binary().toString(),
                    "--config.file=prometheus.yml",
                    "--storage.tsdb.path=data",
                    "--storage.tsdb.retention.time=100y",
                    "--web.listen-address=127.0.0.1:" + port))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    BufferedReader log =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      said.append(line).append('\n');
      if (line.contains("Server is ready")) {
        return new RealPrometheus(process, port);
      }
    }
    throw new IOException("Prometheus ended:\n" + said);
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
