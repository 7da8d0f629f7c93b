package dev.tidemark.webhook.intake;

import dev.tidemark.webhook.journal.ReceiptLog;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * {@code POST /api/v1/alertmanager}, on a server that asks for credentials, reads the body within
 * its bounds and cuts who sends too slowly. Measures every request to the path, also those that the
 * server refuses before.
 */
public final class IntakeRoute {
  public static final String PATH = "/api/v1/alertmanager";

  /** What a log calls a request whose sender left before the answer (nginx' number). */
  private static final int CUT_OFF = 499;

  private final Intake intake;
  private final IntakeMetrics metrics;
  private final Function<RoutingContext, Optional<String>> user;

  /**
   * @param user the authenticated user of a request
   */
  public IntakeRoute(
      Vertx vertx,
      ReceiptLog journal,
      IntakeConfig config,
      PrometheusRegistry registry,
      Function<RoutingContext, Optional<String>> user) {
    this(vertx, journal, config, new IntakeMetrics(registry), user, InstantSource.system());
  }

  IntakeRoute(
      Vertx vertx,
      ReceiptLog journal,
      IntakeConfig config,
      IntakeMetrics metrics,
      Function<RoutingContext, Optional<String>> user,
      InstantSource clock) {
    Executor parsers =
        task ->
            vertx.executeBlocking(
                () -> {
                  task.run();
                  return true;
                },
                false);
    this.metrics = metrics;
    this.user = user;
    this.intake = new Intake(journal, config, metrics, clock, parsers);
  }

  public void mount(Router router) {
    router.route(PATH).order(Integer.MIN_VALUE).handler(this::measure);
    router.post(PATH).handler(this::checkHeaders).handler(this::take).failureHandler(this::fail);
    router.route(PATH).handler(this::otherMethod);
  }

  /** Answers 503 from now on. */
  public void stop() {
    intake.stop();
  }

  private void measure(RoutingContext ctx) {
    long start = System.nanoTime();
    AtomicBoolean counted = new AtomicBoolean();
    IntConsumer count =
        status -> {
          if (counted.compareAndSet(false, true)) {
            metrics.answered(status, (System.nanoTime() - start) / 1e9);
          }
        };
    ctx.addHeadersEndHandler(head -> count.accept(ctx.response().getStatusCode()));
    ctx.addEndHandler(end -> count.accept(CUT_OFF));
    ctx.next();
  }

  private void checkHeaders(RoutingContext ctx) {
    String type = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
    String encoding = ctx.request().getHeader(HttpHeaders.CONTENT_ENCODING);
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      // also what keeps a web page in a browser from posting here: JSON needs a preflight
      answer(ctx, IntakeAnswer.error(415, "media_type", "expected content-type application/json"));
    } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      answer(ctx, IntakeAnswer.error(415, "encoding", "expected a body without content-encoding"));
    } else {
      ctx.next();
    }
  }

  private void take(RoutingContext ctx) {
    Buffer body = ctx.body().buffer();
    byte[] bytes = body == null ? new byte[0] : body.getBytes();
    Future.fromCompletionStage(intake.take(bytes, from(ctx)), ctx.vertx().getOrCreateContext())
        .onSuccess(answer -> answer(ctx, answer))
        .onFailure(ctx::fail);
  }

  private void fail(RoutingContext ctx) {
    if (ctx.statusCode() == 413) {
      intake.tooLarge(from(ctx));
    }
    ctx.next(); // the server answers, for it knows how to end a body that still comes
  }

  private void otherMethod(RoutingContext ctx) {
    ctx.response().putHeader(HttpHeaders.ALLOW, HttpMethod.POST.name());
    answer(ctx, IntakeAnswer.error(405, "method", "expected POST"));
  }

  private String from(RoutingContext ctx) {
    String host = ctx.request().remoteAddress().hostAddress();
    return user.apply(ctx).map(name -> name + "@" + host).orElse(host);
  }

  private static void answer(RoutingContext ctx, IntakeAnswer answer) {
    HttpServerResponse response = ctx.response();
    if (response.ended() || response.closed()) {
      return; // the sender left, or a deadline answered for us
    }
    response
        .setStatusCode(answer.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(answer.body());
  }
}
