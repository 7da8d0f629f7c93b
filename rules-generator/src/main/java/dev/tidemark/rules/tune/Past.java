package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Replayed;
import dev.tidemark.rules.model.Service;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.Optional;

/** Replays an alert of a service as it would be. */
@FunctionalInterface
public interface Past {
  /**
   * @param alert its number among the service's alerts
   * @return empty where there can be no such alert, as where a value is out of bounds
   * @throws PrometheusException where the server does not answer
   */
  Optional<Replayed> of(Service service, int alert) throws PrometheusException;
}
