package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.spec.Severity;
import java.time.Duration;

/**
 * The exporter has confirmed a leak of one signal.
 *
 * @param signal id of the catalogue of signals
 * @param summary the same for every target
 * @param what what the target does, after its name and before the evidence
 */
record LeakAlert(String id, String alert, String signal, String summary, String what)
    implements AlertMaker {
  /** Goroutines that never end. */
  static final LeakAlert GOROUTINES =
      new LeakAlert(
          "goroutine-leak",
          "GoGoroutineLeak",
          "goroutines",
          "A Go process leaks goroutines.",
          "has ever more goroutines");

  /** Memory that stays reachable. */
  static final LeakAlert HEAP =
      new LeakAlert(
          "heap-leak",
          "GoHeapLeak",
          "heap_live",
          "A Go process leaks heap memory.",
          "keeps ever more memory that the collector cannot free");

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
    Leak leak = Leak.of(signal, with);
    Template description =
        Targets.name(service.selection())
            .text(
                " "
                    + what
                    + ": the growth passed every test of a leak, and load, deploys and yesterday"
                    + " do not explain it.");
    return new Made(
        leak.expr(service.selection()), true, summary, description, leak.scenarios(service));
  }
}
