package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.e2e.history.History;
import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.exporter.ExporterApp;
import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.exporter.source.Answers;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.ChunkReader;
import dev.tidemark.exporter.source.Grid;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.web.WebOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the exporter makes of a real Prometheus' answers, checked against that Prometheus. */
@NeedsTools
@Timeout(180)
class ExporterOnRealPrometheusTest {
  private static final Pattern BASELINE =
      Pattern.compile(
          "tidemark_goroutines_baseline\\{instance=\"([^\"]*)\",job=\"api\",quantile=\"([^\"]*)\","
              + "window=\"([^\"]*)\",workload=\"api\"} (\\S+)");

  @TempDir Path folder = Path.of("");
  private Processes processes;
  private final Http http = new Http();

  @BeforeEach
  void open() throws Exception {
    processes = Processes.in(folder.resolve("logs"));
  }

  @AfterEach
  void close() {
    processes.close();
  }

  private String serve(Tools tools, Past past) throws Exception {
    Path text = Files.writeString(folder.resolve("past.om"), past.text());
    Path data = folder.resolve("data");
    History.createBlocks(processes, tools, text, data);
    Path config =
        Files.writeString( // remote read adds these to the series, queries do not
            folder.resolve("prometheus.yml"), "global: {external_labels: {cluster: eu, x: y}}\n");
    Prometheus prometheus =
        Prometheus.start(processes, tools, new Ports().next(), config, data, http);
    prometheus.awaitReady(Duration.ofSeconds(30));
    return prometheus.url();
  }

  /** A slot a while ago, so that nothing is ever compacted or scraped into it. */
  private static long end(long step) {
    return Instant.now().toEpochMilli() / step * step - 2 * step;
  }

  @ParameterizedTest
  @CsvSource({
    "5m, 300, 7d, '1h, 24h, 7d'",
    "30s, 30, 3h, 1h",
  })
  void each_exposed_quantile_lies_between_the_order_statistics_around_it(
      String interval, long seconds, String history, String windows, Tools tools) throws Exception {
    long seed = 7;
    Random random = new Random(seed);
    long step = seconds * 1000;
    long end = end(step);
    Past past = new Past();
    for (String instance : List.of("a:1", "b:1")) {
      for (long slot = end - Duration.ofDays(7).toMillis(); slot <= end; slot += step) {
        if (random.nextInt(50) > 0
            && (seconds > 30 || slot > end - Duration.ofHours(3).toMillis())) {
          double goroutines = Math.rint(Math.exp(4 + 2 * random.nextGaussian()));
          past.scrape("job=\"api\",instance=\"" + instance + '"', slot - 7_000, goroutines, 1_000);
        }
      }
    }
    String server = serve(tools, past);
    Path config =
        Files.writeString(
            folder.resolve("exporter.yml"),
            """
            sources: [{url: "%s"}]
            interval: %s
            delay: 0s
            history: %s
            signals: {include: [goroutines]}
            baseline: {lag: 0s, freezeAfter: 100000d, minSamples: 1}
            outputs: {windows: [%s], quantiles: [0, 0.25, 0.5, 0.9, 0.95, 0.99, 1]}
            """
                .formatted(server, interval, history, windows));
    ExporterApp app =
        new ExporterApp(
            config,
            Shard.WHOLE,
            WebOptions.of(List.of("127.0.0.1:0"), null),
            null,
            () -> Instant.ofEpochMilli(end));
    app.start();
    try {
      String url = "http://127.0.0.1:" + app.addresses().get(0).getPort();
      Instant patience = Instant.now().plusSeconds(90);
      while (!http.answers(url + "/-/ready")) {
        assertThat(Instant.now()).as("the exporter learns in time").isBefore(patience);
      }
      Matcher shown = BASELINE.matcher(http.get(url + "/metrics"));
      int checked = 0;
      while (shown.find()) {
        List<Double> samples = raw(server, shown.group(1), shown.group(3), end);
        check(samples, shown.group(2), shown.group(4), "seed " + seed + ": " + shown.group());
        checked++;
      }
      assertThat(checked).isEqualTo(2 * windows.split(",").length * 7);
    } finally {
      app.close();
    }
  }

  /** The samples of a window, sorted, fetched raw: by a way of their own. */
  private List<Double> raw(String server, String instance, String window, long end)
      throws Exception {
    String raw = "go_goroutines{instance=\"" + instance + "\"}[" + window + "]";
    JsonNode answer =
        http.json(server + "/api/v1/query?time=" + end / 1000 + "&query=" + Http.encode(raw));
    List<Double> samples = new ArrayList<>();
    for (JsonNode sample : answer.at("/data/result/0/values")) {
      samples.add(Double.parseDouble(sample.path(1).asText()));
    }
    Collections.sort(samples);
    return samples;
  }

  private static void check(
      List<Double> samples, String quantile, String value, String description) {
    double rank = Double.parseDouble(quantile) * (samples.size() - 1);
    double below = samples.get((int) Math.floor(rank));
    double above = samples.get((int) Math.ceil(rank));
    assertThat(Double.parseDouble(value))
        .as("%s, %s samples", description, samples.size())
        .isBetween(below * 0.99, above * 1.01);
  }

  @Test
  void live_and_backfilled_state_are_equal_bit_for_bit(Tools tools) throws Exception {
    long step = 30_000;
    long slots = 150;
    long end = end(step);
    long begin = end - slots * step;
    Random random = new Random(11);
    Past past = new Past();
    for (int pod = 0; pod < 6; pod++) {
      String name =
          "namespace=\"pay\",pod=\"api-7d9f8c6b5-bx2k%s\"".formatted("bcdfgh".charAt(pod));
      String container = pod == 4 ? "" : ",container=\"app\"";
      String labels = name + container + ",job=\"pods\",instance=\"10.0.0.%d:80\"".formatted(pod);
      long from = begin + step * random.nextInt((int) slots / 2);
      long restart = from + step * (20 + random.nextInt(20));
      for (long at = from; at <= end; at += step) {
        boolean restarting = at >= restart && at < restart + (pod == 3 ? 15 : 2) * step;
        boolean down = restarting || random.nextInt(30) == 0;
        if (!down) {
          long scraped = at - 1_000L * pod - random.nextInt(800);
          long started = at < restart ? from - 5_000 : restart;
          past.scrape(labels, scraped, 100 + random.nextInt(30), started);
          heap(past, pod, labels, scraped, random);
        }
        containers(past, name, at - 2_000, random);
      }
    }
    containers(past, "namespace=\"pay\",pod=\"web-0\"", end - step, random); // no Go process
    String server = serve(tools, past);
    try (PrometheusClient client = client(server)) {
      LearnedFromServer backfilled =
          new LearnedFromServer(
              client,
              Instant.ofEpochMilli(end),
              Duration.ofMillis(step),
              Duration.ofMillis(slots * step));
      backfilled.catchUp();
      assertThat(http.get(server + "/metrics"))
          .as("the history was read as it was scraped")
          .containsPattern("requests_total\\{code=\"200\",handler=\"/api/v1/read\"} [1-9][0-9]");
      LearnedFromServer live =
          new LearnedFromServer(
              client, Instant.ofEpochMilli(begin), Duration.ofMillis(step), Duration.ZERO);
      for (long slot = 0; slot <= slots; slot++) {
        live.catchUp();
        live.move(Duration.ofMillis(step));
      }
      assertThat(live.state()).hasSizeGreaterThan(10_000).isEqualTo(backfilled.state());
      assertThat(Arrays.stream(backfilled.samples()).min().orElse(0))
          .as("samples of each signal: %s", Arrays.toString(backfilled.samples()))
          .isGreaterThan(300);
    }
  }

  /** Every way to a live heap, some of which come and go or come to nothing. */
  private static void heap(Past past, int pod, String labels, long at, Random random) {
    if (pod == 0 && random.nextBoolean()) {
      past.add("go_gc_heap_live_bytes", labels, at, 3e7 + random.nextInt(100_000));
    }
    if (pod <= 2) {
      double[] told = {100, 100, 50, 2e6, -100, Double.NaN};
      double gogc = told[pod == 0 ? 0 : random.nextInt(told.length)];
      past.add("go_gc_gogc_percent", labels, at, gogc);
    }
    past.add("go_memstats_heap_alloc_bytes", labels, at, 5e7 + random.nextInt(100_000));
    if (pod == 5) {
      past.add("go_memory_gc_goal_bytes", labels.replace(":80", ":81"), at + 300, 9e7);
      past.add("go_config_gogc_percent", labels.replace(":80", ":81"), at + 300, 77);
    }
  }

  /** What cAdvisor tells of a pod: its containers, the pause container, and their sum. */
  private static void containers(Past past, String pod, long at, Random random) {
    for (String container : List.of("app", "proxy", "POD", "")) {
      if (random.nextInt(20) > 0) {
        String is = container.isEmpty() ? "" : ",container=\"" + container + '"';
        String labels = pod + is + ",job=\"kubelet\",instance=\"node-1\",id=\"/" + container + '"';
        past.add("container_memory_working_set_bytes", labels, at, 1e8 + random.nextInt(1 << 20));
      }
    }
  }

  @Test
  void a_slot_holds_a_fresh_sample_or_none(Tools tools) throws Exception {
    long step = 30_000;
    int slots = 200;
    long begin = end(step) - slots * step;
    Map<String, long[]> scrapes = new TreeMap<>();
    scrapes.put("regular", times(begin + 5_000, step, slots));
    scrapes.put("on the slot", times(begin, step, slots));
    scrapes.put("dead", times(begin + 5_000, step, 50));
    scrapes.put("every minute", times(begin + 59_500, 2 * step, slots / 2));
    scrapes.put("every minute, on the slot", times(begin, 2 * step, slots / 2));
    scrapes.put("every 45 s", times(begin + 3_000, 45_000, slots / 2));
    long[] jitter = times(begin, step, slots);
    for (int i = 0; i < slots; i++) {
      jitter[i] += i % 2 == 0 ? 1 : -1;
    }
    scrapes.put("jitter around the slot", jitter);
    Past past = new Past();
    scrapes.forEach(
        (instance, times) -> {
          for (long time : times) {
            past.scrape(
                "job=\"api\",instance=\"" + instance + '"', time, (double) (time % 1000), 1_000);
          }
        });
    String server = serve(tools, past);
    Grid grid = new Grid(Duration.ofMillis(step), Duration.ZERO, Duration.ofHours(2));
    try (PrometheusClient client = client(server)) {
      ChunkReader reader =
          new ChunkReader(
              new Answers(client), grid, List.of(), List.of(), LearnedFromServer.SIGNALS);
      Chunk chunk = reader.read(begin, slots + 1);
      Map<String, Integer> filled = new TreeMap<>();
      chunk
          .samples()
          .getOrDefault(LearnedFromServer.SIGNALS.get(0), Map.of())
          .forEach(
              (target, column) ->
                  filled.put(target.labels().getOrDefault("instance", ""), column.filled()));
      assertThat(filled)
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "regular",
                  slots,
                  "on the slot",
                  slots + 1, // the last one counts once more: it may be late
                  "dead",
                  50,
                  "every minute",
                  slots / 2,
                  "every minute, on the slot",
                  slots / 2,
                  "every 45 s",
                  slots / 2,
                  "jitter around the slot",
                  slots));
    }
  }

  private static long[] times(long first, long every, int count) {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = first + i * every;
    }
    return times;
  }

  private static PrometheusClient client(String server) {
    return new PrometheusClient(URI.create(server), HttpConfig.NONE, ClientLimits.defaults());
  }
}
