package dev.tidemark.rules.rule;

import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the catalogue says of an alert; the rules, the messages and the pages all read it here.
 *
 * @param id what a specification says after {@code use}; the name of the page under docs/alerts
 * @param alert the alert's name
 * @param forDuration how long it must be true before it fires
 * @param keepFiringFor how long it fires on
 * @param engines who can judge it
 */
public record CatalogueEntry(
    String id,
    String alert,
    Severity severity,
    Duration forDuration,
    Duration keepFiringFor,
    Set<Engine> engines,
    List<Parameter<?>> parameters) {
  public CatalogueEntry {
    engines = Set.copyOf(engines);
    parameters = List.copyOf(parameters);
  }

  /** An alert that fires at once, is judged by either engine, and has no parameters. */
  public static CatalogueEntry of(String id, String alert, Severity severity) {
    return new CatalogueEntry(
        id, alert, severity, Duration.ZERO, Duration.ZERO, Set.of(Engine.values()), List.of());
  }

  public CatalogueEntry waits(Duration duration) {
    return new CatalogueEntry(id, alert, severity, duration, keepFiringFor, engines, parameters);
  }

  public CatalogueEntry keepsFiring(Duration duration) {
    return new CatalogueEntry(id, alert, severity, forDuration, duration, engines, parameters);
  }

  public CatalogueEntry judgedBy(Engine... by) {
    return new CatalogueEntry(
        id, alert, severity, forDuration, keepFiringFor, Set.of(by), parameters);
  }

  public CatalogueEntry with(Parameter<?>... all) {
    return new CatalogueEntry(
        id, alert, severity, forDuration, keepFiringFor, engines, List.of(all));
  }

  /** As the table of docs/alerts has it. */
  public String row() {
    String judges =
        engines.size() > 1 ? "either" : engines.contains(Engine.EXPORTER) ? "exporter" : "promql";
    return "| [%s](%s.md) | %s | %s | %s | %s | %s |"
        .formatted(
            id, id, alert, severity.label(), shown(forDuration), shown(keepFiringFor), judges);
  }

  private static String shown(Duration duration) {
    return duration.isZero() ? "" : PromDuration.format(duration);
  }
}
