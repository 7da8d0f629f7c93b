package dev.tidemark.e2e.demo;

import dev.tidemark.e2e.history.ServicePast;
import dev.tidemark.e2e.process.Await;
import dev.tidemark.e2e.server.GoService;
import dev.tidemark.e2e.server.Http;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The three services the demo watches. */
record Fleet(GoService catalog, GoService search, GoService orders) {
  static final int CATALOG_WORKERS = 5_000;
  static final int SEARCH_WORKERS = 300;
  static final int SEARCH_WORKERS_AFTER_DEPLOY = 450;
  static final int ORDERS_WORKERS = 200;

  /** What the history holds of each service; the levels are those the live process has now. */
  private static final Set<String> METRICS =
      Set.of(
          "go_goroutines",
          "go_memstats_next_gc_bytes",
          "go_memstats_heap_alloc_bytes",
          "go_memstats_heap_inuse_bytes",
          "process_resident_memory_bytes");

  private static final Pattern GO_VERSION = Pattern.compile("go_info\\{version=\"([^\"]*)\"}");

  static Fleet start(GoService.Built built, DemoPorts ports) throws IOException {
    return new Fleet(
        new GoService(built, "catalog", ports.catalog(), CATALOG_WORKERS),
        new GoService(built, "search", ports.search(), SEARCH_WORKERS),
        new GoService(built, "orders", ports.orders(), ORDERS_WORKERS));
  }

  List<GoService> services() {
    return List.of(catalog, search, orders);
  }

  void awaitReady() throws Await.NotReached, InterruptedException {
    for (GoService service : services()) {
      service.awaitReady(Duration.ofSeconds(10));
    }
  }

  /** Each service as it was in the days before: flat, or with the daily wave of its load. */
  List<ServicePast> past(Http http, Instant end) throws IOException, InterruptedException {
    Instant deployed = end.minus(Duration.ofDays(9));
    return List.of(
        past(http, catalog, 0, 0.002, deployed),
        past(http, search, 0.1, 0.02, deployed),
        past(http, orders, 0.1, 0.02, deployed));
  }

  private static ServicePast past(
      Http http, GoService service, double wave, double noise, Instant started)
      throws IOException, InterruptedException {
    String text = http.get(service.url() + "/metrics");
    return new ServicePast(
        service.name(), service.instance(), goVersion(text), levels(text), wave, noise, started);
  }

  private static String goVersion(String text) {
    Matcher version = GO_VERSION.matcher(text);
    return version.find() ? String.valueOf(version.group(1)) : "";
  }

  private static SortedMap<String, Double> levels(String text) {
    SortedMap<String, Double> levels = new TreeMap<>();
    text.lines()
        .map(line -> line.split(" ", 2))
        .filter(parts -> parts.length == 2 && METRICS.contains(parts[0]))
        .forEach(parts -> levels.put(parts[0], Double.parseDouble(parts[1])));
    return levels;
  }
}
