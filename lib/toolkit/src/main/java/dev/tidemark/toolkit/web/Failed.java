package dev.tidemark.toolkit.web;

import dev.tidemark.toolkit.web.WebMetrics.TurnedAway;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that failed: a short text, no internals. */
final class Failed implements Handler<RoutingContext> {
  private static final Logger log = LoggerFactory.getLogger(Failed.class);
  // how long a client that still sends gets to read the answer before the connection is reset
  private static final long LINGER_MILLIS = 2_000;

  private final WebMetrics metrics;

  Failed(WebMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void handle(RoutingContext context) {
    int status = context.statusCode() < 400 ? 500 : context.statusCode();
    HttpServerRequest request = context.request();
    if (status == 500) {
      log.atError()
          .addKeyValue("method", request.method())
          .addKeyValue("path", request.path())
          .setCause(context.failure())
          .log("request failed");
    }
    if (status == 413) {
      metrics.turnedAway(TurnedAway.BODY_TOO_LARGE);
    }
    if (!request.isEnded() && request.version() != HttpVersion.HTTP_2) {
      // closing while bytes arrive would reset the connection and lose the answer
      context.response().putHeader("Connection", "close");
      discard(context);
    }
    Answers.text(context, status, text(status));
  }

  private static void discard(RoutingContext context) {
    HttpServerRequest request = context.request();
    request.handler(bytes -> {});
    request.endHandler(end -> request.connection().close());
    request.resume();
    context.vertx().setTimer(LINGER_MILLIS, late -> request.connection().close());
  }

  private static String text(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 404 -> "Not found";
      case 405 -> "Method not allowed";
      case 413 -> "The body is too large";
      default -> status >= 500 ? "Internal error" : "Refused";
    };
  }
}
