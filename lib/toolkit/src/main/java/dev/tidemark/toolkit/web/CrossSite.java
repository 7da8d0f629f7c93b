package dev.tidemark.toolkit.web;

import dev.tidemark.toolkit.web.WebMetrics.TurnedAway;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;

/**
 * Refuses what another site makes a browser send: browsers add our user's password to it. Programs
 * such as Alertmanager send neither header and pass.
 */
final class CrossSite implements Handler<RoutingContext> {
  private final WebMetrics metrics;

  CrossSite(WebMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpMethod method = context.request().method();
    boolean reads =
        method.equals(HttpMethod.GET)
            || method.equals(HttpMethod.HEAD)
            || method.equals(HttpMethod.OPTIONS);
    if (reads || !foreign(context.request())) {
      context.next();
      return;
    }
    metrics.turnedAway(TurnedAway.CROSS_SITE);
    Answers.text(context, 403, "requests from another site are refused");
  }

  private static boolean foreign(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return false;
    }
    try {
      String host = request.getHeader("Host");
      return host == null || !host.equals(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
