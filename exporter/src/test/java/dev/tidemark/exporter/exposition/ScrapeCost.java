package dev.tidemark.exporter.exposition;

import com.sun.management.ThreadMXBean;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.toolkit.web.MetricsEndpoint;
import dev.tidemark.toolkit.web.WebOptions;
import dev.tidemark.toolkit.web.WebServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Prints what scrapes of many series cost; arguments: how many series, how many scrapes. CPU is of
 * all threads, the client's among them.
 */
final class ScrapeCost {
  private ScrapeCost() {}

  public static void main(String[] args) throws Exception {
    Snapshot snapshot = snapshot(Integer.parseInt(args[0]));
    JudgedMetrics metrics =
        new JudgedMetrics(() -> snapshot, () -> new Outputs(false, false), Instant::now);
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(metrics);
    Vertx vertx = Vertx.vertx();
    try (WebServer server =
        WebServer.start(
            vertx,
            WebOptions.of(List.of("127.0.0.1:0"), null),
            router -> router.get("/metrics").handler(MetricsEndpoint.of(registry)))) {
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        measured("collect", () -> metrics.collect().size());
        measured("scrape, gzip", () -> scraped(server.addresses().get(0), "gzip"));
        measured("scrape, not compressed", () -> scraped(server.addresses().get(0), "identity"));
      }
    } finally {
      vertx.close();
    }
  }

  private static int scraped(InetSocketAddress at, String encoding) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.getPort() + "/metrics"))
            .header("Accept-Encoding", encoding)
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofByteArray())
        .body()
        .length;
  }

  private interface Work {
    int run() throws Exception;
  }

  private static void measured(String what, Work work) throws Exception {
    long allocated = allocated();
    long wall = System.nanoTime();
    long cpu = cpu();
    int size = work.run();
    System.out.printf(
        "%s: %.2f s CPU, %.2f s wall, %d MB allocated, %,d%n",
        what,
        (cpu() - cpu) / 1e9,
        (System.nanoTime() - wall) / 1e9,
        (allocated() - allocated) >> 20,
        size);
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds())).sum();
  }

  private static Snapshot snapshot(int count) {
    Signal signal = Catalogue.load().find("goroutines").orElseThrow();
    Random random = new Random(1);
    Instant now = Instant.now();
    List<SeriesView> views = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String pod = "service-%d-5d4f8c7b9-%05d".formatted(i / 10, i);
      double level = 1000 * random.nextDouble();
      Judgement judgement =
          new Judgement(
              now.toEpochMilli(),
              Math.rint(level),
              level,
              level * 1.1,
              level * 0.9,
              random.nextDouble(),
              LeakState.NONE,
              0,
              List.of(),
              Double.NaN,
              604_800_000,
              false,
              false,
              "");
      views.add(
          new SeriesView(
              pod,
              signal,
              Map.of(
                  "namespace",
                  "team-" + i % 20,
                  "pod",
                  pod,
                  "container",
                  "app",
                  "workload",
                  "service-" + i / 10),
              "service-" + i / 10,
              judgement,
              Double.NaN,
              0,
              now.plus(Duration.ofHours(1)).toEpochMilli(),
              List.of()));
    }
    return new Snapshot(now.toEpochMilli(), now, SnapshotShape.NO_QUANTILES, views, count / 10);
  }
}
