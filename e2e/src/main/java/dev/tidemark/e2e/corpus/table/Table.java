package dev.tidemark.e2e.corpus.table;

import dev.tidemark.e2e.corpus.data.CorpusFolder;
import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.e2e.corpus.data.Recording;
import dev.tidemark.e2e.corpus.data.Samples;
import dev.tidemark.e2e.corpus.data.Target;
import dev.tidemark.e2e.process.Ports;
import dev.tidemark.e2e.process.Processes;
import dev.tidemark.e2e.server.Http;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.Tools;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes the tables of one part of a recording. */
final class Table {
  /** What the recorder lets a process die of; the judges are told as users would tell theirs. */
  private static final double GOROUTINE_LIMIT = 4_000;

  private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(10);

  private final CorpusFolder folder;
  private final Part part;
  private final Tools tools;
  private final Consumer<String> tell;

  Table(CorpusFolder folder, Part part, Tools tools, Consumer<String> tell) {
    this.folder = folder;
    this.part = part;
    this.tools = tools;
    this.tell = tell;
  }

  String make(boolean quick) throws Exception {
    Recording recording = folder.read();
    Map<String, Score.Span> spans = spans(recording.of(part));
    Instant from = Instant.ofEpochSecond(recording.begin());
    Instant until = Instant.ofEpochSecond((long) recording.end());
    Archive archive = new Archive(folder, part);
    Exporter exporter = new Exporter(GOROUTINE_LIMIT);
    List<Contender> others = new ArrayList<>();
    try (Processes processes = Processes.in(folder.path().resolve("tsdb").resolve("logs"))) {
      Thread ending = new Thread(processes::close, "end-of-table");
      Runtime.getRuntime().addShutdownHook(ending);
      tell.accept("loading the recording into Prometheus");
      archive.prepare(recording, processes, tools);
      Prometheus prometheus = archive.open(processes, tools, new Ports().next(), new Http());
      try (PrometheusClient client = client(prometheus)) {
        tell.accept("asking the exporter's queries");
        exporter.read(client, from, until);
        if (!quick) {
          tell.accept("evaluating the other rules");
          others.addAll(
              new RuleJudge(client, from, until)
                  .judge(Rule.all(GOROUTINE_LIMIT, OpenMetrics.MEMORY_LIMIT)));
        }
      }
    }
    tell.accept("judging");
    Map<String, Target> byPod =
        recording.of(part).stream().collect(Collectors.toMap(Target::pod, target -> target));
    LeakWatcher watcher = new LeakWatcher();
    ForecastWatcher forecasts = new ForecastWatcher(byPod);
    HealthWatcher health = new HealthWatcher(byPod);
    exporter.judgeAll(
        snapshot -> {
          watcher.judged(snapshot);
          forecasts.judged(snapshot);
          health.judged(snapshot);
        });
    List<Contender> ours =
        List.of(
            new Contender("**Tidemark: leak confirmed**", exporter.signals(), watcher.confirmed()),
            new Contender("**Tidemark: the alert**", exporter.signals(), watcher.alerts()));
    List<Contender> all = new ArrayList<>(ours);
    all.addAll(others);
    Report report = new Report(recording, part, spans).recorded(part).judges(all);
    report.said(
        "By behaviour: leaks found and how long before the limit in the median; false episodes.");
    List<Contender> shown = new ArrayList<>(ours.subList(0, 1));
    others.stream().filter(Table::isWide).forEach(shown::add);
    report.behaviours(shown);
    CareReport care = new CareReport(recording.of(part));
    report.said(
        care.troubles(health.troubles())
            .score(health)
            .forecasts(forecasts.errors())
            .text()
            .stripTrailing());
    if (!quick) {
      report.said("What each part of the judgement earns: the first row again, with one part off.");
      report.judges(ablation(exporter));
    }
    return report.text();
  }

  private static boolean isWide(Contender judge) {
    return judge.signals().size() > 1;
  }

  private List<Contender> ablation(Exporter exporter)
      throws InterruptedException, ExecutionException {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      Map<dev.tidemark.engine.Part, Future<LeakWatcher>> runs =
          new EnumMap<>(dev.tidemark.engine.Part.class);
      for (dev.tidemark.engine.Part off : dev.tidemark.engine.Part.values()) {
        runs.put(
            off,
            workers.submit(
                () -> {
                  LeakWatcher watcher = new LeakWatcher();
                  exporter.judge(Set.of(off), watcher);
                  tell.accept("without " + off);
                  return watcher;
                }));
      }
      List<Contender> judges = new ArrayList<>();
      for (Map.Entry<dev.tidemark.engine.Part, Future<LeakWatcher>> run : runs.entrySet()) {
        String name = "without " + run.getKey().name().toLowerCase(java.util.Locale.ROOT);
        judges.add(new Contender(name, exporter.signals(), run.getValue().get().confirmed()));
      }
      return judges;
    } finally {
      workers.shutdownNow();
    }
  }

  private Map<String, Score.Span> spans(List<Target> targets) throws IOException {
    Map<String, Score.Span> spans = new HashMap<>();
    for (Target target : targets) {
      Samples samples = folder.samples(target).get(0);
      long[] times = samples.millis();
      spans.put(target.pod(), new Score.Span(times[0] / 1000.0, times[times.length - 1] / 1000.0));
    }
    return spans;
  }

  private static PrometheusClient client(Prometheus prometheus) {
    return new PrometheusClient(
        URI.create(prometheus.url()),
        HttpConfig.NONE,
        new ClientLimits(QUERY_TIMEOUT, 2L << 30, 2, 1));
  }
}
