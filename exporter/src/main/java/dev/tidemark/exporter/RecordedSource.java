package dev.tidemark.exporter;

import dev.tidemark.exporter.source.Answers;
import dev.tidemark.exporter.source.ChunkReader;
import dev.tidemark.exporter.source.Feed;
import dev.tidemark.exporter.source.FeedListener;
import dev.tidemark.exporter.source.Grid;
import dev.tidemark.exporter.source.SourceConfig;
import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The path from a source to the engine, over a range of the past. */
record RecordedSource(PrometheusClient client, Feed feed, long last, List<String> labels)
    implements AutoCloseable {
  private static final List<String> TARGET =
      List.of("cluster", "namespace", "pod", "container", "job", "instance", "workload");

  /** What a feed tells beside its status is of no interest here. */
  private enum Quiet implements FeedListener {
    LISTENER;

    @Override
    public void answered(String source, Instant at, long slot, long samples) {}

    @Override
    public void failed(String source, String reason) {}

    @Override
    public void rejected(String reason, long count) {}

    @Override
    public void missed(long slots) {}

    @Override
    public void progress(String source, double ratio) {}
  }

  /**
   * The slots from one moment to another, both included, epoch milliseconds.
   *
   * @throws ExitException where there is none, or the URL is none
   */
  static RecordedSource of(ExporterConfig config, String url, long from, long to) {
    long step = config.interval().toMillis();
    long first = -Math.floorDiv(-from, step) * step;
    long last = Math.floorDiv(to, step) * step;
    if (first > last) {
      throw new ExitException(Cli.INVALID, "--from and --to: there is no slot between them");
    }
    SourceConfig source = source(config, url);
    Grid grid = new Grid(config.interval(), Duration.ZERO, Duration.ofMillis(last - first));
    PrometheusClient client =
        new PrometheusClient(
            URI.create(url), source.http(), ClientLimits.defaults().withTimeout(source.timeout()));
    ChunkReader reader =
        new ChunkReader(
            new Answers(client),
            grid,
            config.targets().match(),
            config.keptLabels(),
            config.judged());
    Instant end = Instant.ofEpochMilli(last);
    Feed feed = new Feed(source.name(), grid, reader, Quiet.LISTENER, () -> end);
    return new RecordedSource(client, feed, last, labels(config));
  }

  /** Credentials go only where the configuration sends them. */
  private static SourceConfig source(ExporterConfig config, String url) {
    try {
      URI wanted = URI.create(url);
      return config.sources().stream()
          .filter(s -> wanted.equals(s.url()) || s.replicas().contains(wanted))
          .findFirst()
          .map(s -> alone(wanted, s.http(), s.timeout()))
          .orElseGet(() -> alone(wanted, HttpConfig.NONE, Duration.ofSeconds(30)));
    } catch (IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, "--prometheus: " + e.getMessage());
    }
  }

  private static SourceConfig alone(URI url, HttpConfig http, Duration timeout) {
    return new SourceConfig(
        null,
        url,
        List.of(),
        http.basicAuth(),
        http.authorization(),
        http.tlsConfig(),
        http.followRedirects(),
        http.headers(),
        timeout);
  }

  private static List<String> labels(ExporterConfig config) {
    List<String> labels = new ArrayList<>(TARGET);
    for (String name : config.labels().add()) {
      boolean ours = MetricNames.RESERVED.contains(name) || name.equals(MetricNames.LABEL_WORKLOAD);
      labels.add(ours ? "exported_" + name : name);
    }
    labels.removeAll(config.labels().drop());
    return labels.stream().distinct().toList();
  }

  @Override
  public void close() {
    feed.close();
    client.close();
  }
}
