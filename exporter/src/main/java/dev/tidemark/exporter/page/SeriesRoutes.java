package dev.tidemark.exporter.page;

import dev.tidemark.exporter.fleet.SeriesHistory;
import dev.tidemark.exporter.fleet.SeriesView;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The pages and the API of series. */
final class SeriesRoutes {
  private static final String DESCRIPTION = "openapi.json";

  private final Supplier<Condition> condition;
  private final Histories histories;
  private final String description;

  SeriesRoutes(Supplier<Condition> condition, Histories histories) {
    this.condition = condition;
    this.histories = histories;
    this.description = description();
  }

  void mount(Router router) {
    get(router, "/", this::index);
    get(router, "/series", this::drawn);
    get(router, "/api/v1/series", this::list);
    get(router, "/api/v1/series/:id", this::one);
    get(router, "/api/v1/health", this::health);
    get(router, "/api/v1/openapi.json", c -> new Answer(200, "application/json", description));
  }

  /** HEAD answers as GET does, without the body. */
  private static void get(Router router, String path, Function<RoutingContext, Answer> answer) {
    router.get(path).method(HttpMethod.HEAD).handler(c -> Answer.send(c, () -> answer.apply(c)));
  }

  /** The OpenAPI description of the API. */
  static String description() {
    try (InputStream in = SeriesRoutes.class.getResourceAsStream(DESCRIPTION)) {
      if (in == null) {
        throw new IllegalStateException(DESCRIPTION + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(DESCRIPTION + " cannot be read", e);
    }
  }

  private Answer index(RoutingContext context) {
    return Answer.html(200, IndexPage.of(condition.get(), first(context, "q")));
  }

  private Answer list(RoutingContext context) {
    try {
      SeriesQuery query = SeriesQuery.parse(sent(context));
      return Answer.json(SeriesJson.of(condition.get(), query));
    } catch (IllegalArgumentException e) {
      return Answer.error(400, String.valueOf(e.getMessage()));
    }
  }

  private Answer one(RoutingContext context) {
    Condition now = condition.get();
    String id = String.valueOf(context.pathParam("id"));
    try {
      String window = new Parameters(sent(context), HistoryJson.NAMES).text("window");
      Optional<SeriesView> view = now.find(SeriesId.parse(id));
      if (view.isEmpty()) {
        return Answer.error(404, SeriesPage.notFound(id, now));
      }
      return Answer.json(HistoryJson.of(view.get(), histories.of(view.get()), window, now));
    } catch (IllegalArgumentException e) {
      return Answer.error(400, String.valueOf(e.getMessage()));
    } catch (Histories.NotNow e) {
      return Answer.error(503, "the history cannot be told now: " + e.getMessage());
    }
  }

  private Answer health(RoutingContext context) {
    try {
      String match = new Parameters(sent(context), HealthJson.NAMES).text("match");
      return Answer.json(HealthJson.of(condition.get(), match));
    } catch (IllegalArgumentException e) {
      return Answer.error(400, String.valueOf(e.getMessage()));
    }
  }

  private Answer drawn(RoutingContext context) {
    Condition now = condition.get();
    String id = first(context, "id");
    Optional<SeriesView> view = now.find(SeriesId.parse(id));
    if (view.isEmpty()) {
      return Answer.html(id.isEmpty() ? 400 : 404, SeriesPage.missing(id, now));
    }
    SeriesPage page = new SeriesPage(now, view.get(), first(context, "window"));
    try {
      SeriesHistory history = histories.of(view.get());
      return Answer.html(page.hasWindow(history) ? 200 : 400, page.with(history));
    } catch (Histories.NotNow e) {
      return Answer.html(200, page.without(String.valueOf(e.getMessage())));
    }
  }

  private static String first(RoutingContext context, String name) {
    List<String> values = context.queryParam(name);
    return values.isEmpty() ? "" : values.get(0);
  }

  private static Map<String, List<String>> sent(RoutingContext context) {
    Map<String, List<String>> sent = new LinkedHashMap<>();
    context
        .queryParams()
        .forEach(
            entry ->
                sent.computeIfAbsent(entry.getKey(), name -> new ArrayList<>())
                    .add(entry.getValue()));
    return sent;
  }
}
