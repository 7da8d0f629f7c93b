package dev.tidemark.webhook;

import dev.tidemark.toolkit.http.OutgoingMetrics;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.launch.Service;
import dev.tidemark.toolkit.web.Health;
import dev.tidemark.toolkit.web.MetricsEndpoint;
import dev.tidemark.toolkit.web.WebOptions;
import dev.tidemark.toolkit.web.WebServer;
import dev.tidemark.toolkit.web.WebStartException;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.webhook.access.AccessConfig;
import dev.tidemark.webhook.access.AccessRules;
import dev.tidemark.webhook.access.Exposure;
import dev.tidemark.webhook.access.Role;
import dev.tidemark.webhook.dispatch.DispatchLoop;
import dev.tidemark.webhook.dispatch.DispatchMetrics;
import dev.tidemark.webhook.dispatch.Dispatcher;
import dev.tidemark.webhook.dispatch.Housekeeping;
import dev.tidemark.webhook.dispatch.Setup;
import dev.tidemark.webhook.evidence.EvidenceFolder;
import dev.tidemark.webhook.evidence.EvidenceStore;
import dev.tidemark.webhook.intake.IntakeConfig;
import dev.tidemark.webhook.intake.IntakeRoute;
import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.JournalException;
import dev.tidemark.webhook.journal.JournalMetrics;
import dev.tidemark.webhook.journal.SqliteJournal;
import dev.tidemark.webhook.page.PageRoutes;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the webhook in the order data flows: journal, intake, dispatch, page. */
final class WebhookApp implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookApp.class);

  /**
   * Executions worked on at a time; the others wait in the journal. Each mostly waits for others'
   * answers.
   */
  private static final int WORKERS = 8;

  /** Characters kept of a notification's body: more than any that is not a storm. */
  private static final int KEPT_BODY = 1 << 20;

  private static final Duration DRAIN = Duration.ofSeconds(20);

  private final WebhookFlags flags;
  private final InstantSource clock = InstantSource.system();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final CrashHook crash;
  private final Exposure exposure;
  private final Vertx vertx = Vertx.vertx();
  private volatile Loaded loaded;
  private volatile boolean draining;
  private final Retired retired = new Retired();
  private @Nullable SqliteJournal journal;
  private volatile @Nullable Outside outside;
  private @Nullable EvidenceStore evidence;
  private @Nullable OutgoingMetrics outgoing;
  private @Nullable AppMetrics metrics;
  private @Nullable IntakeRoute intake;
  private @Nullable DispatchLoop loop;
  private @Nullable WebServer server;

  WebhookApp(WebhookFlags flags, Loaded loaded) {
    this.flags = flags;
    this.loaded = loaded;
    this.exposure = new Exposure(flags.server.listenAddresses(), flags.allowUnauthenticated);
    this.crash =
        flags.crashAt == null
            ? CrashHook.NONE
            : new HaltAt(WebhookFlags.Crash.parse(flags.crashAt));
  }

  @Override
  public void start() throws Exception {
    boolean authenticated = AuthenticationProbe.isAsked(flags.server.webConfigFile());
    Optional<String> refusal = exposure.refusal(authenticated);
    if (refusal.isPresent()) {
      throw new ExitException(Cli.INVALID, refusal.get());
    }

    Path storage = flags.server.storagePath();
    SqliteJournal opened = open(storage);
    journal = opened;
    EvidenceStore files = new EvidenceFolder(storage.resolve("evidence"), crash);
    evidence = files;
    outgoing = new OutgoingMetrics(registry);
    outside = Outside.of(loaded, files, outgoing);
    metrics = new AppMetrics(registry, opened, clock);

    ExecutorService workers = workers();
    Dispatcher dispatcher =
        new Dispatcher(
            opened,
            this::setup,
            clock,
            workers,
            new Dispatcher.Watching(new DispatchMetrics(registry), crash));
    Housekeeping housekeeping = new Housekeeping(opened, files, this::setup);
    DispatchLoop running = new DispatchLoop(dispatcher, housekeeping, clock, workers);
    loop = running;
    opened.onChange(running::wake);

    AccessRules rules = new AccessRules(this::access, exposure);
    IntakeRoute intakeRoute =
        new IntakeRoute(vertx, opened, IntakeConfig.DEFAULT, registry, WebServer::user);
    intake = intakeRoute;
    PageRoutes pages = new PageRoutes(opened, files, rules, WebServer::user, clock);
    server = serve(intakeRoute, pages);
    running.start();
    LOG.atInfo()
        .addKeyValue("playbooks", loaded.playbooks().size())
        .addKeyValue("targets", loaded.config().targets().size())
        .addKeyValue("storage", storage)
        .log("webhook started");
  }

  private WebServer serve(IntakeRoute intakeRoute, PageRoutes pages) throws ProblemsException {
    WebOptions options =
        WebOptions.of(flags.server.listenAddresses(), flags.server.webConfigFile())
            .withMaxBodyBytes(IntakeConfig.DEFAULT.maxBytes());
    try {
      return WebServer.start(
          vertx,
          options,
          registry,
          router -> {
            Health.mount(router, "Tidemark webhook", this::notReady);
            router.get("/metrics").handler(MetricsEndpoint.of(registry));
            router
                .post("/-/reload")
                .handler(pages.only(Role.OPERATOR))
                .handler(new ReloadHandler(vertx, this::reload));
            intakeRoute.mount(router);
            pages.mount(vertx, router);
          });
    } catch (WebStartException e) {
      throw new ExitException(Cli.INVALID, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public synchronized void reload() throws ProblemsException {
    AppMetrics seen = Objects.requireNonNull(metrics);
    try {
      Loaded fresh = Loaded.read(flags.server.configFile());
      Outside before = Objects.requireNonNull(outside);
      outside =
          Outside.of(fresh, Objects.requireNonNull(evidence), Objects.requireNonNull(outgoing));
      loaded = fresh;
      retired.add(before);
      seen.reloaded(true);
    } catch (ProblemsException e) {
      seen.reloaded(false);
      throw e;
    }
    if (loop != null) {
      loop.wake();
    }
  }

  @Override
  public void drain() {
    draining = true;
    if (intake != null) {
      intake.stop();
    }
    if (server != null) {
      server.drain(Duration.ofSeconds(5));
    }
    if (loop != null) {
      try {
        loop.drain(DRAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    if (loop != null) {
      loop.close();
    }
    Outside last = outside;
    if (last != null) {
      last.close();
    }
    retired.close();
    if (journal != null) {
      journal.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /**
   * As configured, and with what the web configuration says at this moment about who may get in.
   */
  private Setup setup() {
    boolean asks = Objects.requireNonNull(server, "the loop starts last").requiresAuthentication();
    return Objects.requireNonNull(outside).setup(exposure.autoAllowed(asks));
  }

  private AccessConfig access() {
    AccessConfig access = loaded.config().access();
    return access == null ? AccessConfig.NONE : access;
  }

  private Optional<String> notReady() {
    return draining ? Optional.of("it is stopping") : Optional.empty();
  }

  private SqliteJournal open(Path storage) {
    try {
      return SqliteJournal.open(
          storage, KEPT_BODY, new SqliteJournal.Watching(new JournalMetrics(registry), crash));
    } catch (JournalException e) {
      throw new ExitException(Cli.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static ExecutorService workers() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1000), // dispatch hands over 100 at a time
            task -> new Thread(task, "step-" + number.incrementAndGet()));
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }
}
