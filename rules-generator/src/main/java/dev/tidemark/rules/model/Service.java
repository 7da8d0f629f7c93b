package dev.tidemark.rules.model;

import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import java.util.Optional;

/** A service with what it needs to make its rules. */
public record Service(
    Placed<String> name,
    String team,
    Selection selection,
    Optional<ByteSize> memoryLimit,
    Settings settings,
    List<Alert> alerts) {
  public Service {
    alerts = List.copyOf(alerts);
  }
}
