package dev.tidemark.exporter.page;

import dev.tidemark.exporter.exposition.SelfMetricsRegistry;
import dev.tidemark.toolkit.web.Answers;
import dev.tidemark.toolkit.web.MetricsEndpoint;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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

  private record Answer(int status, String type, String body) {}

  private final Supplier<Condition> condition;
  private final SelfMetricsRegistry self;
  private final PrometheusRegistry judged;
  private final Reload reload;

  public Routes(
      Supplier<Condition> condition,
      SelfMetricsRegistry self,
      PrometheusRegistry judged,
      Reload reload) {
    this.condition = condition;
    this.self = self;
    this.judged = judged;
    this.reload = reload;
  }

  public void mount(Router router) {
    router.get("/metrics").handler(MetricsEndpoint.of(judged));
    router.get("/metrics/self").handler(MetricsEndpoint.of(self.registry()));
    router.get("/-/healthy").handler(c -> Answers.text(c, 200, "Tidemark exporter is healthy."));
    router.get("/-/ready").handler(this::ready);
    router.post("/-/reload").handler(c -> answer(c, this::reloaded));
    router.get("/api/v1/series").handler(c -> answer(c, () -> series(c)));
    router.get("/api/v1/health").handler(c -> answer(c, () -> health(c)));
    router.get("/").handler(c -> answer(c, () -> page(c)));
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
      return text(200, "configuration reloaded");
    } catch (ProblemsException e) {
      for (Problem problem : e.problems()) {
        LOG.atError().addKeyValue("problem", problem).log("configuration refused");
      }
      return text(
          400,
          "the configuration in force stays:\n"
              + e.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
  }

  private Answer series(RoutingContext context) {
    try {
      SeriesQuery query = SeriesQuery.parse(parameters(context));
      return new Answer(200, "application/json", SeriesJson.of(condition.get(), query) + "\n");
    } catch (IllegalArgumentException e) {
      return new Answer(
          400, "application/json", Errors.json(String.valueOf(e.getMessage())) + "\n");
    }
  }

  private Answer health(RoutingContext context) {
    List<String> search = context.queryParam("match");
    String match = search.isEmpty() ? "" : search.get(0);
    return new Answer(200, "application/json", HealthJson.of(condition.get(), match) + "\n");
  }

  private Answer page(RoutingContext context) {
    List<String> search = context.queryParam("q");
    String html = IndexPage.of(condition.get(), search.isEmpty() ? "" : search.get(0));
    return new Answer(200, "text/html; charset=utf-8", html);
  }

  private static Map<String, List<String>> parameters(RoutingContext context) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    context
        .queryParams()
        .forEach(
            entry ->
                parameters
                    .computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
                    .add(entry.getValue()));
    return parameters;
  }

  private static Answer text(int status, String body) {
    return new Answer(status, "text/plain; charset=utf-8", body + "\n");
  }

  private static void answer(RoutingContext context, Callable<Answer> work) {
    context
        .vertx()
        .executeBlocking(work, false)
        .onSuccess(
            answer ->
                context
                    .response()
                    .setStatusCode(answer.status())
                    .putHeader("Content-Type", answer.type())
                    .end(answer.body()))
        .onFailure(context::fail);
  }
}
