package dev.tidemark.toolkit.web;

import io.prometheus.metrics.config.ExporterProperties;
import io.prometheus.metrics.config.PrometheusProperties;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Semaphore;

/**
 * Answers scrapes: text, OpenMetrics and protobuf by negotiation, gzip, {@code name[]}. Collecting
 * and writing run off the event loop, one scrape after another: so that scrapes that meet hold what
 * was collected once, not once each.
 */
public final class MetricsEndpoint implements Handler<RoutingContext> {
  // two Prometheis, a page and a curl; each may hold tens of MiB of text until it is sent
  private static final int MAX_SCRAPES = 4;

  private final PrometheusRegistry registry;
  private final ExpositionFormats formats;
  private final Semaphore places = new Semaphore(MAX_SCRAPES);
  private final Semaphore writing = new Semaphore(1, true);

  private MetricsEndpoint(PrometheusRegistry registry) {
    this.registry = registry;
    // without this, text 0.0.4 gets timestamps in seconds, which Prometheus reads as milliseconds
    this.formats =
        ExpositionFormats.init(
            PrometheusProperties.builder()
                .exporterProperties(
                    ExporterProperties.builder().prometheusTimestampsInMs(true).build())
                .build());
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
    Scrape scrape = new Scrape(context.request(), context.queryParam("name[]"));
    context
        .vertx()
        .executeBlocking(() -> written(scrape), false)
        .onComplete(
            done -> {
              if (done.succeeded()) {
                scrape.answer(context, formats, done.result()).onComplete(sent -> places.release());
              } else {
                places.release();
                context.fail(done.cause());
              }
            });
  }

  private Chunks written(Scrape scrape) throws Exception {
    writing.acquire();
    try {
      return scrape.write(registry, formats);
    } finally {
      writing.release();
    }
  }
}
