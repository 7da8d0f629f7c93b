package dev.tidemark.webhook.page;

import dev.tidemark.toolkit.web.WebOptions;
import dev.tidemark.toolkit.web.WebServer;
import dev.tidemark.webhook.access.AccessConfig;
import dev.tidemark.webhook.access.AccessRules;
import dev.tidemark.webhook.access.Exposure;
import dev.tidemark.webhook.evidence.EvidenceFolder;
import dev.tidemark.webhook.intake.IntakeConfig;
import dev.tidemark.webhook.intake.IntakeRoute;
import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.ReceiptLog;
import dev.tidemark.webhook.journal.SqliteJournal;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The webhook's HTTP side on a real server and a real journal; nothing acts. */
public final class RunningServer implements AutoCloseable {
  public static final Instant NOW = Instant.parse("2026-11-20T12:01:40Z");

  public final SqliteJournal journal;
  public final EvidenceFolder evidence;
  public final PrometheusRegistry registry = new PrometheusRegistry();
  public final IntakeRoute intake;
  public final int port;
  private final Vertx vertx = Vertx.vertx();
  private final WebServer web;
  private final HttpClient client = HttpClient.newHttpClient();

  /** What differs from the defaults. */
  public record Setup(
      @Nullable Path webConfig,
      AccessConfig access,
      Duration deadline,
      IntakeConfig intake,
      UnaryOperator<ReceiptLog> log) {
    public static final Setup DEFAULT =
        new Setup(
            null,
            AccessConfig.NONE,
            Duration.ofSeconds(30),
            IntakeConfig.DEFAULT,
            UnaryOperator.identity());

    public Setup deadline(Duration other) {
      return new Setup(webConfig, access, other, intake, log);
    }

    public Setup log(UnaryOperator<ReceiptLog> other) {
      return new Setup(webConfig, access, deadline, intake, other);
    }

    public Setup users(Path config, AccessConfig roles) {
      return new Setup(config, roles, deadline, intake, log);
    }
  }

  public RunningServer(Path folder, Setup setup) throws Exception {
    journal =
        SqliteJournal.open(Files.createDirectories(folder), 1 << 20, SqliteJournal.Watching.NOBODY);
    evidence = new EvidenceFolder(folder.resolve("evidence"), CrashHook.NONE);
    List<String> addresses = List.of("127.0.0.1:0");
    AccessRules access = new AccessRules(setup.access(), new Exposure(addresses, false));
    intake =
        new IntakeRoute(
            vertx, setup.log().apply(journal), setup.intake(), registry, WebServer::user);
    PageRoutes pages =
        new PageRoutes(journal, evidence, access, WebServer::user, InstantSource.fixed(NOW));
    WebOptions options =
        new WebOptions(addresses, setup.webConfig(), setup.deadline(), setup.intake().maxBytes());
    web =
        WebServer.start(
            vertx,
            options,
            registry,
            router -> {
              intake.mount(router);
              pages.mount(vertx, router);
            });
    port = web.addresses().get(0).getPort();
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  public HttpResponse<String> postJson(String path, String body) throws Exception {
    return send(
        request(path)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  public HttpClient client() {
    return client;
  }

  @Override
  public void close() {
    web.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    journal.close();
  }
}
