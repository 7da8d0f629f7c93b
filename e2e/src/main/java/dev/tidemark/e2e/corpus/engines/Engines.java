package dev.tidemark.e2e.corpus.engines;

import dev.tidemark.e2e.corpus.data.CorpusFolder;
import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.e2e.corpus.table.Archive;
import dev.tidemark.e2e.corpus.table.Episode;
import dev.tidemark.e2e.corpus.table.Exporter;
import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.rules.history.Span;
import dev.tidemark.rules.rule.Recording;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Has a real Prometheus evaluate the alerts of both engines over one part of a recording. */
final class Engines {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /** The exporter's default. */
  private static final Duration DELAY = Duration.ofSeconds(30);

  private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(10);

  /** What a process of the recording ends at; the exporter is told, as users tell theirs. */
  private static final double GOROUTINE_LIMIT = 4_000;

  private static final List<String> SIGNALS =
      List.of("goroutines", "heap_live", "rss", "stack_inuse", "stack_per_goroutine");

  /** What the alerts of engine exporter read. */
  private static final Set<String> EXPOSED =
      Set.of(
          MetricNames.LEAK_STATE,
          MetricNames.SCORE,
          MetricNames.TIME_TO_LIMIT,
          MetricNames.TROUBLE);

  private final CorpusFolder folder;
  private final Part part;
  private final Tools tools;
  private final Consumer<String> tell;

  Engines(CorpusFolder folder, Part part, Tools tools, Consumer<String> tell) {
    this.folder = folder;
    this.part = part;
    this.tools = tools;
    this.tell = tell;
  }

  String compare() throws Exception {
    dev.tidemark.e2e.corpus.data.Recording recording = folder.read();
    BothEngines rules = BothEngines.made();
    Span span =
        new Span(
            Instant.ofEpochSecond(recording.begin()),
            Instant.ofEpochSecond((long) recording.end()),
            INTERVAL);
    Archive archive = new Archive(folder, part);
    Path work = folder.path().resolve("tsdb").resolve(part.label() + "-engines");
    Path logs = folder.path().resolve("tsdb").resolve("logs");
    try (Processes processes = Processes.in(logs)) {
      Thread ending = new Thread(processes::close, "end-of-engines");
      Runtime.getRuntime().addShutdownHook(ending);
      tell.accept("loading the recording into Prometheus");
      archive.prepare(recording, processes, tools);
      remove(work);
      copy(archive.data(), work);
      Path data = work;
      try (Server server = new Server(processes, data)) {
        tell.accept("asking the exporter's queries");
        Exporter exporter = new Exporter(GOROUTINE_LIMIT, SIGNALS);
        exporter.read(server.client(), span.from(), span.to());
        tell.accept("judging");
        Verdicts verdicts = new Verdicts(EXPOSED, DELAY, INTERVAL);
        exporter.judgeAll(verdicts);
        verdicts.write(data, 0);
      }
      int number = 1;
      List<List<Recording>> stages = Stages.of(rules.recordings());
      for (List<Recording> stage : stages) {
        tell.accept("recording rules, stage %d of %d".formatted(number, stages.size()));
        try (Server server = new Server(processes, data)) {
          new Evaluation(server.client(), span).record(stage, data, number++);
        }
      }
      try (Server server = new Server(processes, data)) {
        Evaluation evaluation = new Evaluation(server.client(), span);
        tell.accept("alerts");
        Map<String, List<Episode>> exporter = fired(evaluation, rules.exporter());
        Map<String, List<Episode>> promql = fired(evaluation, rules.promql());
        writeEpisodes(Map.of("exporter", exporter, "promql", promql));
        return new EnginesReport(recording, part).text(exporter, promql);
      }
    } finally {
      remove(work);
    }
  }

  /** What the tables sum up, for whoever asks which pod it was. */
  private void writeEpisodes(Map<String, Map<String, List<Episode>>> byEngine) throws IOException {
    StringBuilder csv = new StringBuilder("engine,alert,subject,from,until\n");
    new TreeMap<>(byEngine)
        .forEach(
            (engine, byAlert) ->
                byAlert.forEach(
                    (alert, episodes) ->
                        Episode.merged(episodes)
                            .forEach(
                                e ->
                                    csv.append(
                                        String.format(
                                            Locale.ROOT,
                                            "%s,%s,%s,%.0f,%.0f%n",
                                            engine,
                                            alert,
                                            e.pod(),
                                            e.from(),
                                            e.until())))));
    Path file = folder.path().resolve("engines-" + part.label() + ".csv");
    Files.writeString(file, csv);
    tell.accept("each episode is in " + file);
  }

  private static Map<String, List<Episode>> fired(Evaluation evaluation, List<Rule> rules)
      throws Exception {
    Map<String, List<Episode>> fired = new LinkedHashMap<>();
    for (Rule rule : rules) {
      fired.put(rule.alert(), evaluation.fired(rule));
    }
    return fired;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(folder)) {
        files = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** A Prometheus on the blocks that stand there when it starts. */
  private final class Server implements AutoCloseable {
    private final Prometheus prometheus;
    private final PrometheusClient client;

    Server(Processes processes, Path data) throws Exception {
      Path config = data.resolve("prometheus.yml");
      Files.writeString(config, "global: {scrape_interval: 1m}\n");
      prometheus =
          Prometheus.ofThePast(processes, tools, new Ports().next(), config, data, new Http());
      prometheus.awaitReady(Duration.ofMinutes(2));
      client =
          new PrometheusClient(
              URI.create(prometheus.url()),
              HttpConfig.NONE,
              new ClientLimits(QUERY_TIMEOUT, 2L << 30, 2, 1));
    }

    PrometheusClient client() {
      return client;
    }

    @Override
    public void close() throws IOException {
      client.close();
      prometheus.process().terminate();
      try {
        prometheus.process().await(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
