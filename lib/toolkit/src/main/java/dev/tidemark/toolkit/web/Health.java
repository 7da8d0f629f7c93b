package dev.tidemark.toolkit.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /-/healthy} and {@code /-/ready}, as Prometheus has them. */
public final class Health {
  /**
   * Mounts both.
   *
   * @param notReady the reason why the program is not ready, or empty; called on the event loop
   */
  public static void mount(Router router, String program, Supplier<Optional<String>> notReady) {
    router
        .get("/-/healthy")
        .method(HttpMethod.HEAD)
        .handler(context -> Answers.text(context, 200, program + " is healthy."));
    router
        .get("/-/ready")
        .method(HttpMethod.HEAD)
        .handler(
            context -> {
              Optional<String> reason = notReady.get();
              Answers.text(
                  context,
                  reason.isPresent() ? 503 : 200,
                  reason
                      .map(why -> program + " is not ready: " + why)
                      .orElse(program + " is ready."));
            });
  }

  private Health() {}
}
