package dev.tidemark.toolkit.web;

import dev.tidemark.toolkit.web.WebMetrics.TurnedAway;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The connections of one listen address, their number bounded, and the requests on them, each with
 * a deadline. An idle timeout alone does not stop a client that sends one byte a second, so a
 * request counts as a whole, and a connection that waits for a request head is not kept alive by
 * the head's bytes. Safe for use by several threads.
 */
final class OpenConnections {
  private static final class State {
    final Map<RoutingContext, Long> deadlines = new ConcurrentHashMap<>();
    volatile long waitsSince;
    volatile boolean fresh = true;
  }

  private final WebOptions options;
  private final WebMetrics metrics;
  private final LongSupplier nanos;
  private final Map<HttpConnection, State> open = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  OpenConnections(WebOptions options, WebMetrics metrics, LongSupplier nanos) {
    this.options = options;
    this.metrics = metrics;
    this.nanos = nanos;
  }

  /** Takes a new connection, or closes it when there are too many. */
  void opened(HttpConnection connection) {
    if (count.get() >= options.connections().max()) {
      metrics.turnedAway(TurnedAway.CONNECTIONS);
      connection.close();
      return;
    }
    count.incrementAndGet();
    metrics.connections(1);
    State state = new State();
    state.waitsSince = nanos.getAsLong();
    open.put(connection, state);
    connection.closeHandler(
        closed -> {
          if (open.remove(connection) != null) {
            count.decrementAndGet();
            metrics.connections(-1);
          }
        });
  }

  /** A request's head is complete; its deadline runs until the response ended. */
  void began(RoutingContext context) {
    State state = open.get(context.request().connection());
    if (state == null) {
      context.request().connection().close();
      return;
    }
    state.fresh = false;
    state.deadlines.put(context, nanos.getAsLong() + options.requestDeadline().toNanos());
    context.addEndHandler(
        ended -> {
          state.deadlines.remove(context);
          state.waitsSince = nanos.getAsLong();
          metrics.answered(context.response().getStatusCode());
        });
  }

  /** Cuts off what is overdue; runs on the event loop. */
  void cutOverdue() {
    long now = nanos.getAsLong();
    open.forEach(
        (connection, state) -> {
          state.deadlines.forEach(
              (context, deadline) -> {
                if (now - deadline >= 0) {
                  state.deadlines.remove(context);
                  metrics.turnedAway(TurnedAway.DEADLINE);
                  cut(context);
                }
              });
          // a fresh connection was opened to say something; a used one may rest for longer
          Duration patience =
              state.fresh ? options.requestDeadline() : options.connections().idle();
          if (state.deadlines.isEmpty() && now - state.waitsSince >= patience.toNanos()) {
            metrics.turnedAway(TurnedAway.IDLE);
            connection.close();
          }
        });
  }

  private static void cut(RoutingContext context) {
    boolean http2 = context.request().version() == HttpVersion.HTTP_2;
    if (http2) {
      context.response().reset();
      return;
    }
    if (!context.response().headWritten()) {
      int status = context.request().isEnded() ? 503 : 408;
      context.response().putHeader("Connection", "close");
      Answers.text(context, status, status == 408 ? "request too slow" : "took too long");
    }
    context.request().connection().close();
  }
}
