package dev.tidemark.exporter.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;

/** What is answered to a request, made off the event loop. */
record Answer(int status, String type, String body) {
  static Answer text(int status, String body) {
    return new Answer(status, "text/plain; charset=utf-8", body + "\n");
  }

  static Answer html(int status, String body) {
    return new Answer(status, "text/html; charset=utf-8", body);
  }

  static Answer json(JsonNode body) {
    return new Answer(200, "application/json", body + "\n");
  }

  /** {@code {"error": "…"}}. */
  static Answer error(int status, String message) {
    String body = JsonNodeFactory.instance.objectNode().put("error", message).toString();
    return new Answer(status, "application/json", body + "\n");
  }

  static void send(RoutingContext context, Callable<Answer> work) {
    context
        .vertx()
        .executeBlocking(work, false)
        .onSuccess(
            answer ->
                context
                    .response()
                    .setStatusCode(answer.status)
                    .putHeader("Content-Type", answer.type)
                    .end(answer.body))
        .onFailure(context::fail);
  }
}
