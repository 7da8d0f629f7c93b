package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.spec.Severity;
import java.time.Duration;

/** Memory that stays reachable: the exporter has confirmed a leak of the signal heap_live. */
final class HeapLeak implements AlertMaker {
  @Override
  public String id() {
    return "heap-leak";
  }

  @Override
  public String alert() {
    return "GoHeapLeak";
  }

  @Override
  public Severity severity() {
    return Severity.WARNING;
  }

  @Override
  public Duration forDuration() {
    return Duration.ofMinutes(10);
  }

  @Override
  public Duration keepFiringFor() {
    return Duration.ofMinutes(15);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    Leak leak = Leak.of("heap_live", with);
    Template description =
        Targets.name(service.selection())
            .text(
                " keeps ever more memory that the collector cannot free: the growth passed every"
                    + " test of a leak, and load, deploys and yesterday do not explain it.");
    return new Made(
        leak.expr(service.selection()),
        true,
        "A Go process leaks heap memory.",
        description,
        leak.scenarios(service));
  }
}
