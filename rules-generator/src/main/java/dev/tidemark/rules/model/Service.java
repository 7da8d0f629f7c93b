package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.RecordSpec;
import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import java.util.Optional;

/**
 * A service with what it needs to make its rules.
 *
 * @param replicas how many targets it has when it is busy; empty: nobody said
 * @param requests PromQL, the rate of what it is asked to do: dashboards show it; no alert depends
 *     on it
 */
public record Service(
    Placed<String> name,
    String team,
    Selection selection,
    Optional<ByteSize> memoryLimit,
    Optional<Integer> replicas,
    Optional<Placed<String>> requests,
    Settings settings,
    List<RecordSpec> records,
    List<Alert> alerts) {
  public Service {
    records = List.copyOf(records);
    alerts = List.copyOf(alerts);
  }
}
