package dev.tidemark.toolkit.web;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * Headers that make browsers careful, on every response; the web configuration's replace them, and
 * a route may replace both.
 */
final class SecurityHeaders implements Handler<RoutingContext> {
  // scripts and styles come as files of our own; inline styles are allowed, inline scripts are not
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final Supplier<WebConfig> config;

  SecurityHeaders(Supplier<WebConfig> config) {
    this.config = config;
  }

  @Override
  public void handle(RoutingContext context) {
    var response = context.response();
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("X-Frame-Options", "deny");
    response.putHeader("Referrer-Policy", "no-referrer");
    response.putHeader("Cache-Control", "no-store");
    response.putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    config.get().headers().forEach(response::putHeader);
    context.next();
  }
}
