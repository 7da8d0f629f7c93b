package dev.tidemark.webhook.page;

import dev.tidemark.webhook.access.AccessRules;
import dev.tidemark.webhook.access.Role;
import dev.tidemark.webhook.evidence.EvidenceStore;
import dev.tidemark.webhook.journal.Journal;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pages and the API on a router. What they answer is made on worker threads by {@link
 * Endpoint}s, which know no HTTP server.
 */
public final class PageRoutes {
  private final List<Endpoint> endpoints;
  private final AccessRules access;
  private final Function<RoutingContext, Optional<String>> user;

  /**
   * @param user the authenticated user of a request
   */
  public PageRoutes(
      Journal journal,
      EvidenceStore evidence,
      AccessRules access,
      Function<RoutingContext, Optional<String>> user,
      InstantSource clock) {
    this.endpoints = endpoints(journal, evidence, clock);
    this.access = access;
    this.user = user;
  }

  /** Lets only who has the role on to the next handler of a route. */
  public Handler<RoutingContext> only(Role role) {
    return new Gate(role, access, user);
  }

  static List<Endpoint> endpoints(Journal journal, EvidenceStore evidence, InstantSource clock) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new Pages(journal, clock).endpoints());
    all.addAll(new EpisodeApi(journal).endpoints());
    all.addAll(new EvidenceApi(journal, evidence).endpoints());
    all.addAll(new ReceiptApi(journal).endpoints());
    all.addAll(new ControlApi(journal, clock).endpoints());
    return List.copyOf(all);
  }

  public void mount(Vertx vertx, Router router) {
    for (Endpoint endpoint : endpoints) {
      String path = endpoint.path().replaceAll("\\{(\\w+)}", ":$1");
      Route route = router.route(HttpMethod.valueOf(endpoint.method()), path);
      if (endpoint.role() != null) {
        route.handler(new Gate(endpoint.role(), access, user));
      }
      route.handler(new Served(vertx, endpoint, access, user));
      route.failureHandler(ctx -> Served.fail(ctx));
      router
          .route(path)
          .handler(
              ctx -> {
                ctx.response().putHeader(HttpHeaders.ALLOW, endpoint.method());
                Served.error(ctx, 405, "method", "expected " + endpoint.method());
              });
    }
  }
}
