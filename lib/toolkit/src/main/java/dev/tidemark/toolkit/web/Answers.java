package dev.tidemark.toolkit.web;

import io.vertx.ext.web.RoutingContext;

/** Short plain answers. */
public final class Answers {
  /** Ends the response, unless it ended already, with one line of text. */
  public static void text(RoutingContext context, int status, String message) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    response.setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8");
    response.end(message + "\n");
  }

  private Answers() {}
}
