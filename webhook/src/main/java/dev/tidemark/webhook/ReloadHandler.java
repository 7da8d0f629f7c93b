package dev.tidemark.webhook;

import dev.tidemark.toolkit.web.Answers;
import dev.tidemark.toolkit.yaml.ProblemsException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code POST /-/reload}: 200 when the new configuration is in force, 500 with every problem when
 * the old one stays.
 */
final class ReloadHandler implements Handler<RoutingContext> {

  /** What reads the configuration again. */
  interface Reload {
    void run() throws ProblemsException;
  }

  private final Vertx vertx;
  private final Reload reload;

  ReloadHandler(Vertx vertx, Reload reload) {
    this.vertx = vertx;
    this.reload = reload;
  }

  @Override
  public void handle(RoutingContext context) {
    vertx
        .executeBlocking(
            () -> {
              reload.run();
              return true;
            },
            true)
        .onSuccess(done -> Answers.text(context, 200, "reloaded"))
        .onFailure(
            e ->
                Answers.text(context, 500, "the configuration in force stays:\n" + e.getMessage()));
  }
}
