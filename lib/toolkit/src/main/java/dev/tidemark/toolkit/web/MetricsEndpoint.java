package dev.tidemark.toolkit.web;

import io.prometheus.metrics.config.ExporterProperties;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.exporter.common.PrometheusScrapeHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Semaphore;

/**
 * Answers scrapes: text, OpenMetrics and protobuf by negotiation, gzip, {@code name[]}. Collecting
 * and writing run off the event loop.
 */
public final class MetricsEndpoint implements Handler<RoutingContext> {
  // two Prometheis, a page and a curl; each may hold tens of MiB of text
  private static final int MAX_SCRAPES = 8;

  private final PrometheusScrapeHandler handler;
  private final Semaphore places = new Semaphore(MAX_SCRAPES);

  private MetricsEndpoint(PrometheusRegistry registry) {
    // without this, text 0.0.4 gets timestamps in seconds, which Prometheus reads as milliseconds
    PrometheusProperties properties =
        PrometheusProperties.builder()
            .exporterProperties(ExporterProperties.builder().prometheusTimestampsInMs(true).build())
            .build();
    this.handler = new PrometheusScrapeHandler(properties, registry);
  }

  public static Handler<RoutingContext> of(PrometheusRegistry registry) {
    return new MetricsEndpoint(registry);
  }

  @Override
  public void handle(RoutingContext context) {
    if (!places.tryAcquire()) {
      Answers.text(context, 503, "too many scrapes at a time");
      return;
    }
    Scrape scrape = new Scrape(context.request());
    context
        .vertx()
        .executeBlocking(
            () -> {
              handler.handleRequest(scrape);
              return scrape;
            },
            false)
        .onComplete(
            done -> {
              places.release();
              if (done.succeeded()) {
                scrape.answer(context);
              } else {
                context.fail(done.cause());
              }
            });
  }
}
