package dev.tidemark.toolkit.web;

import dev.tidemark.toolkit.yaml.ProblemsException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP on one or several addresses: TLS and users of a web configuration file that is read
 * again when it changes, bounded connections, heads, bodies and whole requests. Bodies are read
 * before a route sees the request ({@code context.body()}). Safe for use by several threads; routes
 * run on an event loop and must not block.
 */
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final long REREAD_MILLIS = 5_000;

  private final Vertx vertx;
  private final WebOptions options;
  private final LiveWebConfig config;
  private final WorkerExecutor bcrypt;
  private final WebMetrics metrics;
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final List<Long> timers = new ArrayList<>();

  private WebServer(Vertx vertx, WebOptions options, LiveWebConfig config, WebMetrics metrics) {
    this.vertx = vertx;
    this.options = options;
    this.config = config;
    this.metrics = metrics;
    this.bcrypt = vertx.createSharedWorkerExecutor("web-bcrypt", 2);
  }

  /** Serves without counting. */
  public static WebServer start(Vertx vertx, WebOptions options, Consumer<Router> routes)
      throws WebStartException, ProblemsException {
    return start(vertx, options, new PrometheusRegistry(), routes);
  }

  /**
   * Listens on every address, or on none.
   *
   * @param registry gets {@code tidemark_web_requests_total}, {@code
   *     tidemark_web_turned_away_total} and {@code tidemark_web_connections}
   * @param routes adds the program's routes
   * @throws WebStartException when an address is wrong or taken
   * @throws ProblemsException when the web configuration file is broken
   */
  public static WebServer start(
      Vertx vertx, WebOptions options, PrometheusRegistry registry, Consumer<Router> routes)
      throws WebStartException, ProblemsException {
    List<ListenAddress> wanted = new ArrayList<>();
    for (String address : options.listenAddresses()) {
      wanted.add(ListenAddress.parse(address));
    }
    if (wanted.isEmpty()) {
      throw new WebStartException("no listen address given", null);
    }
    LiveWebConfig config = LiveWebConfig.load(options.webConfigFile());
    WebServer server = new WebServer(vertx, options, config, new WebMetrics(registry));
    try {
      for (ListenAddress address : wanted) {
        server.listen(address, routes);
      }
    } catch (WebStartException | RuntimeException | Error e) {
      server.close();
      throw e;
    }
    server.timers.add(vertx.setPeriodic(REREAD_MILLIS, tick -> server.rereadSoon()));
    return server;
  }

  /** Where it listens, in the order of the options, with the ports that were chosen. */
  public List<InetSocketAddress> addresses() {
    return List.copyOf(addresses);
  }

  /** Whether nobody gets in without a password or certificate. */
  public boolean requiresAuthentication() {
    return config.current().requiresAuthentication();
  }

  /** Who sent the request, when the web configuration has users. */
  public static Optional<String> user(RoutingContext context) {
    return Optional.ofNullable(context.get(BasicAuth.USER));
  }

  /** Takes no new connections and waits for the requests under way, at most so long. */
  public void drain(Duration max) {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (HttpServer server : servers) {
      ends.add(
          server
              .shutdown(max.toMillis(), TimeUnit.MILLISECONDS)
              .toCompletionStage()
              .toCompletableFuture());
    }
    try {
      CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
          .get(max.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.atWarn().addKeyValue("after", max).addKeyValue("err", e).log("requests were cut off");
    }
  }

  /** Ends at once. */
  @Override
  public void close() {
    timers.forEach(vertx::cancelTimer);
    timers.clear();
    drain(Duration.ZERO);
    bcrypt.close();
  }

  /** Reads the web configuration again if it changed; blocks. */
  void reread() {
    Optional<WebConfig> fresh = config.reread();
    Optional<ServerSSLOptions> tls = fresh.flatMap(WebConfig::tls);
    if (tls.isPresent()) {
      for (HttpServer server : servers) {
        await(server.updateSSLOptions(tls.get().copy()).toCompletionStage().toCompletableFuture());
      }
    }
  }

  private void rereadSoon() {
    vertx
        .executeBlocking(
            () -> {
              reread();
              return null;
            })
        .onFailure(e -> log.atError().setCause(e).log("web configuration not read again"));
  }

  private void listen(ListenAddress address, Consumer<Router> routes) throws WebStartException {
    OpenConnections connections = new OpenConnections(options, metrics, System::nanoTime);
    HttpServer server =
        vertx
            .createHttpServer(httpOptions())
            .connectionHandler(connections::opened)
            .exceptionHandler(e -> log.debug("connection failed: {}", e.toString()))
            .requestHandler(router(connections, routes));
    try {
      server
          .listen(SocketAddress.inetSocketAddress(address.port(), address.bindHost()))
          .toCompletionStage()
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WebStartException("interrupted while starting to listen on " + address, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new WebStartException("cannot listen on " + address + ": " + cause(e), e);
    }
    servers.add(server);
    InetSocketAddress bound = new InetSocketAddress(address.bindHost(), server.actualPort());
    addresses.add(bound);
    long period = Math.max(10, Math.min(1_000, options.requestDeadline().toMillis() / 10));
    timers.add(vertx.setPeriodic(period, tick -> connections.cutOverdue()));
    log.atInfo()
        .addKeyValue("address", new ListenAddress(address.bindHost(), server.actualPort()))
        .addKeyValue("tls", config.current().tls().isPresent())
        .addKeyValue("authentication", requiresAuthentication())
        .log("listening");
  }

  private HttpServerOptions httpOptions() {
    HttpServerOptions http =
        new HttpServerOptions()
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout((int) Math.max(1, options.connections().idle().toMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    config
        .current()
        .tls()
        .ifPresent(
            tls -> {
              http.setSsl(true)
                  .setKeyCertOptions(tls.getKeyCertOptions())
                  .setTrustOptions(tls.getTrustOptions())
                  .setClientAuth(tls.getClientAuth())
                  .setUseAlpn(tls.isUseAlpn())
                  .setSslHandshakeTimeout(tls.getSslHandshakeTimeout())
                  .setSslHandshakeTimeoutUnit(tls.getSslHandshakeTimeoutUnit())
                  .setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols());
              tls.getEnabledCipherSuites().forEach(http::addEnabledCipherSuite);
            });
    return http;
  }

  private Router router(OpenConnections connections, Consumer<Router> routes) {
    Router router = Router.router(vertx);
    Failed failed = new Failed(metrics);
    router
        .route()
        .handler(
            context -> {
              connections.began(context);
              context.next();
            });
    router.route().handler(new SecurityHeaders(config::current));
    router.route().handler(new BasicAuth(() -> config.current().users(), bcrypt, metrics));
    router.route().handler(new CrossSite(metrics));
    router.route().handler(BodyHandler.create(false).setBodyLimit(options.maxBodyBytes()));
    routes.accept(router);
    router.route().failureHandler(failed);
    for (int status : new int[] {400, 404, 405, 406, 413, 415, 500}) {
      router.errorHandler(status, failed);
    }
    return router;
  }

  private static String cause(Throwable e) {
    Throwable at = e.getCause() == null ? e : e.getCause();
    return at instanceof BindException
        ? "the address is in use or not this machine's"
        : at.toString();
  }

  private static void await(CompletableFuture<?> future) {
    try {
      future.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.atError().addKeyValue("err", e).log("new certificates not used, the old ones stay");
    }
  }
}
