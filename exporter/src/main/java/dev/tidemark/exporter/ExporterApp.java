package dev.tidemark.exporter;

import dev.tidemark.exporter.checkpoint.Shelf;
import dev.tidemark.exporter.checkpoint.Storage;
import dev.tidemark.exporter.exposition.JudgedMetrics;
import dev.tidemark.exporter.exposition.Outputs;
import dev.tidemark.exporter.exposition.SelfMetricsRegistry;
import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.exporter.page.Condition;
import dev.tidemark.exporter.page.Routes;
import dev.tidemark.exporter.page.Supported;
import dev.tidemark.exporter.source.SourceConfig;
import dev.tidemark.toolkit.launch.Service;
import dev.tidemark.toolkit.launch.Version;
import dev.tidemark.toolkit.web.WebOptions;
import dev.tidemark.toolkit.web.WebServer;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exporter, wired in the order a sample flows: source, fleet, snapshot, metrics, web. */
public final class ExporterApp implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(ExporterApp.class);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(10);

  private final Path configFile;
  private final WebOptions web;
  private final InstantSource clock;
  private final SelfMetricsRegistry self;
  private volatile ExporterConfig config;
  private volatile Outputs outputs;
  private final @Nullable Storage storage;
  private final Pipelines pipelines;
  private @Nullable Vertx vertx;
  private @Nullable WebServer server;
  private boolean closed;

  /**
   * @param shard the part of the workloads that is judged
   * @param folder where what was learnt is kept; null for nowhere
   * @throws ProblemsException where the configuration is wrong
   * @throws IOException where the folder cannot be used, or another exporter has it
   */
  public ExporterApp(
      Path configFile, Shard shard, WebOptions web, @Nullable Path folder, InstantSource clock)
      throws ProblemsException, IOException {
    this.configFile = configFile;
    this.web = web;
    this.clock = clock;
    this.config = StrictYaml.read(configFile, ExporterConfig.class); // first: a wrong one ends soon
    tellDoubts(config);
    this.self = new SelfMetricsRegistry();
    this.outputs = config.outputs().outputs();
    this.storage = folder == null ? null : Storage.open(folder, self, clock);
    this.pipelines = new Pipelines(source -> pipeline(source, shard), self);
    self.configured(clock.instant());
  }

  private static void tellDoubts(ExporterConfig config) {
    config.doubts().forEach(LOG::warn);
  }

  private Pipeline pipeline(ExporterConfig source, Shard shard) {
    Shelf.Label label =
        new Shelf.Label(
            source.source().name(),
            Fingerprint.of(source, shard),
            source.history(),
            Version.text());
    Shelf shelf = storage == null ? null : storage.shelf(label);
    return new Pipeline(source, source.fleet().in(shard), shelf, self, clock);
  }

  @Override
  public void start() throws Exception {
    PrometheusRegistry judged = new PrometheusRegistry();
    judged.register(new JudgedMetrics(pipelines::snapshot, () -> outputs, clock));
    Routes routes = new Routes(this::condition, pipelines::history, self, judged, this::reload);
    Vertx loop = Vertx.vertx();
    vertx = loop;
    server = WebServer.start(loop, web, self.registry(), routes::mount);
    pipelines.replace(config);
    LOG.atInfo()
        .addKeyValue("sources", config.sources().stream().map(SourceConfig::name).toList())
        .addKeyValue("signals", config.judged().size())
        .log("started");
  }

  /** Where it listens. */
  public List<InetSocketAddress> addresses() {
    return server == null ? List.of() : server.addresses();
  }

  private Condition condition() {
    return new Condition(
        pipelines.snapshot(),
        pipelines.status(),
        config.history(),
        clock.instant(),
        new Supported(config.judged(), pipelines::exposed));
  }

  /**
   * Other outputs show what is learnt already, and a source whose entry is the same goes on.
   * Anything else changes what is learnt, so it is learnt again from the source, unless a
   * checkpoint holds it, and what was judged before is shown until then.
   *
   * @throws IllegalStateException where the exporter is closed: what began then nobody would end
   */
  @Override
  public synchronized void reload() throws ProblemsException {
    if (closed) {
      throw new IllegalStateException("the exporter is stopping");
    }
    ExporterConfig read;
    try {
      read = StrictYaml.read(configFile, ExporterConfig.class);
    } catch (ProblemsException e) {
      self.configurationRefused();
      throw e;
    }
    if (!read.equals(config)) {
      tellDoubts(read);
      if (!read.learnsAs(config)) {
        LOG.info("the configuration changes what is learnt: what changed learns its history again");
      }
      pipelines.replace(read);
      outputs = read.outputs().outputs();
      config = read;
    }
    self.configured(clock.instant());
  }

  @Override
  public void drain() {
    if (server != null) {
      server.drain(LONGEST_DRAIN);
    }
  }

  @Override
  public void close() {
    synchronized (this) { // a reload that runs ends first
      closed = true;
    }
    pipelines.close();
    if (storage != null) {
      storage.close();
    }
    if (server != null) {
      server.close();
    }
    if (vertx != null) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
