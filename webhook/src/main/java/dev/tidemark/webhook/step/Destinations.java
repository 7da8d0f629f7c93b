package dev.tidemark.webhook.step;

import dev.tidemark.toolkit.http.AddressPolicy;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.http.OutgoingHttp;
import dev.tidemark.toolkit.http.OutgoingLimits;
import dev.tidemark.toolkit.http.OutgoingMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One guarded HTTP client a destination, so that one that hangs does not hold up the others. Their
 * number is bounded by the configuration. Thread-safe.
 */
public final class Destinations implements AutoCloseable {

  /** A step runs alone on its target, and is only repeated where that does no harm. */
  private static final OutgoingLimits LIMITS =
      OutgoingLimits.defaults()
          .withConcurrency(4)
          .withRetries(new OutgoingLimits.Retries(3, Duration.ofMillis(200)));

  private record Key(String name, HttpConfig config) {}

  private final OutgoingMetrics metrics;
  private final Map<Key, OutgoingHttp> clients = new ConcurrentHashMap<>();

  public Destinations(OutgoingMetrics metrics) {
    this.metrics = metrics;
  }

  /** The client of a destination; never link-local or a cloud's metadata service. */
  public OutgoingHttp of(String name, HttpConfig config) {
    return clients.computeIfAbsent(
        new Key(name, config),
        key -> new OutgoingHttp(name, config, LIMITS, AddressPolicy.noMetadata(), metrics));
  }

  @Override
  public void close() {
    clients.values().forEach(OutgoingHttp::close);
    clients.clear();
  }
}
