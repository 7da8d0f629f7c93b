package dev.tidemark.e2e.history;

import dev.tidemark.e2e.process.OwnedProcess;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Tools;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Days of samples before a moment, as OpenMetrics text and then as Prometheus' own blocks.
 *
 * @param end no sample is later
 * @param span how far back it goes
 * @param step between two samples
 */
public record History(Instant end, Duration span, Duration step) {
  private static final String STARTED = "process_start_time_seconds";

  /** Writes the text of all services; samples of one series in order of time, as promtool wants. */
  public void write(Path file, List<ServicePast> services) throws IOException {
    SortedSet<String> metrics = new TreeSet<>();
    services.forEach(service -> metrics.addAll(service.levels().keySet()));
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (String metric : metrics) {
        out.write("# TYPE " + metric + " gauge\n");
        for (ServicePast service : services) {
          if (service.levels().containsKey(metric)) {
            series(out, metric, service);
          }
        }
      }
      out.write("# TYPE go_info gauge\n");
      for (ServicePast service : services) {
        constant(out, "go_info", service.go(), 1);
      }
      out.write("# TYPE " + STARTED + " gauge\n");
      for (ServicePast service : services) {
        constant(out, STARTED, service.labels(), service.startedAt().getEpochSecond());
      }
      out.write("# TYPE up gauge\n");
      for (ServicePast service : services) {
        constant(out, "up", service.labels(), 1);
      }
      out.write("# EOF\n");
    }
  }

  private void series(BufferedWriter out, String metric, ServicePast service) throws IOException {
    String name = metric + text(service.labels());
    for (long second = first(); second <= end.getEpochSecond(); second += step.toSeconds()) {
      line(out, name, (long) service.at(metric, second), second);
    }
  }

  private void constant(BufferedWriter out, String metric, Map<String, String> labels, long value)
      throws IOException {
    String name = metric + text(labels);
    for (long second = first(); second <= end.getEpochSecond(); second += step.toSeconds()) {
      line(out, name, value, second);
    }
  }

  private long first() {
    return end.minus(span).getEpochSecond();
  }

  private static void line(BufferedWriter out, String name, long value, long second)
      throws IOException {
    out.write(name);
    out.write(' ');
    out.write(Long.toString(value));
    out.write(' ');
    out.write(Long.toString(second));
    out.write('\n');
  }

  private static String text(Map<String, String> labels) {
    StringBuilder text = new StringBuilder("{");
    labels.forEach((name, value) -> text.append(name).append("=\"").append(value).append("\","));
    text.setCharAt(text.length() - 1, '}');
    return text.toString();
  }

  /** Turns the text into blocks in Prometheus' data folder, with Prometheus' own tool. */
  public static void createBlocks(Processes processes, Tools tools, Path text, Path data)
      throws IOException, InterruptedException {
    OwnedProcess promtool =
        processes.start(
            "promtool-history",
            List.of(
                tools.promtool().toString(),
                "tsdb",
                "create-blocks-from",
                "--max-block-duration=162h", // few blocks: nothing to compact at start
                "openmetrics",
                text.toString(),
                data.toString()));
    if (promtool.await(900, TimeUnit.SECONDS) != 0) {
      throw new IOException("promtool cannot make blocks of the history:\n" + promtool.tail(10));
    }
  }
}
