package dev.tidemark.exporter.page;

import dev.tidemark.exporter.exposition.SelfMetricsRegistry;
import dev.tidemark.toolkit.web.Answers;
import dev.tidemark.toolkit.web.MetricsEndpoint;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every address the exporter answers at. Rendering runs off the event loop. */
public final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  /** Reads the configuration again. */
  @FunctionalInterface
  public interface Reload {
    void reload() throws ProblemsException;
  }

  private final Supplier<Condition> condition;
  private final SeriesRoutes series;
  private final SelfMetricsRegistry self;
  private final PrometheusRegistry judged;
  private final Reload reload;

  public Routes(
      Supplier<Condition> condition,
      Histories histories,
      SelfMetricsRegistry self,
      PrometheusRegistry judged,
      Reload reload) {
    this.condition = condition;
    this.series = new SeriesRoutes(condition, histories);
    this.self = self;
    this.judged = judged;
    this.reload = reload;
  }

  public void mount(Router router) {
    router.get("/metrics").handler(MetricsEndpoint.of(judged));
    router.get("/metrics/self").handler(MetricsEndpoint.of(self.registry()));
    router
        .get("/-/healthy")
        .method(HttpMethod.HEAD)
        .handler(c -> Answers.text(c, 200, "Tidemark exporter is healthy."));
    router.get("/-/ready").method(HttpMethod.HEAD).handler(this::ready);
    router.post("/-/reload").handler(c -> Answer.send(c, this::reloaded));
    series.mount(router);
  }

  private void ready(RoutingContext context) {
    Condition now = condition.get();
    Optional<String> reason = now.notReady();
    Answers.text(
        context,
        reason.isPresent() ? 503 : 200,
        reason
            .map(why -> "Tidemark exporter is not ready: " + why + ".")
            .orElse("Tidemark exporter is ready: " + now.readiness() + "."));
  }

  private Answer reloaded() {
    try {
      reload.reload();
      return Answer.text(200, "configuration reloaded");
    } catch (ProblemsException e) {
      LOG.atError()
          .addKeyValue("problems", e.problems())
          .log("configuration refused, the one in force stays");
      return Answer.text(
          400,
          "the configuration in force stays:\n"
              + e.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
  }
}
