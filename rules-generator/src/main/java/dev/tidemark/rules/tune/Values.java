package dev.tidemark.rules.tune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Placed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values that an alert would have in place of its own: {@code for}, and parameters under {@code
 * with}.
 *
 * @param said by name, as a specification would say them
 */
public record Values(SortedMap<String, String> said) {
  /** As it is. */
  static final Values NONE = new Values(new TreeMap<>());

  public Values {
    said = Collections.unmodifiableSortedMap(new TreeMap<>(said));
  }

  Values and(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(said);
    more.put(name, value);
    return new Values(more);
  }

  /** What stands under {@code with}. */
  public Map<String, String> with() {
    Map<String, String> with = new LinkedHashMap<>(said);
    with.remove(Knobs.FOR);
    return with;
  }

  /** What stands under {@code for}. */
  public Optional<String> waits() {
    return Optional.ofNullable(said.get(Knobs.FOR));
  }

  /** The service as it would be with these values for one of its alerts. */
  public Service in(Service service, int alert) {
    List<Alert> alerts = new ArrayList<>(service.alerts());
    alerts.set(alert, in(alerts.get(alert)));
    return with(service, alerts);
  }

  /** The service with other alerts. */
  static Service with(Service service, List<Alert> alerts) {
    return new Service(
        service.name(),
        service.team(),
        service.selection(),
        service.memoryLimit(),
        service.replicas(),
        service.requests(),
        service.settings(),
        service.records(),
        alerts);
  }

  private Alert in(Alert alert) {
    Map<String, Placed<JsonNode>> with = new LinkedHashMap<>(alert.with());
    with().forEach((name, value) -> with.put(name, new Placed<>(node(value), alert.place())));
    Optional<Duration> waits = waits().map(PromDuration::parse).or(alert::forDuration);
    return new Alert(
        alert.place(),
        alert.use(),
        alert.name(),
        alert.expr(),
        with,
        alert.engine(),
        alert.severity(),
        waits,
        alert.keepFiringFor(),
        alert.labels(),
        alert.annotations(),
        alert.runbook(),
        alert.tests());
  }

  private static JsonNode node(String value) {
    try {
      return DecimalNode.valueOf(new BigDecimal(value));
    } catch (NumberFormatException e) {
      return TextNode.valueOf(value);
    }
  }
}
