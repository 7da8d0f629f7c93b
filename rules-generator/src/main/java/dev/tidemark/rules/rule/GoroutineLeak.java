package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.spec.Severity;
import java.time.Duration;

/** Goroutines that never end: the exporter has confirmed a leak of the signal goroutines. */
final class GoroutineLeak implements AlertMaker {
  @Override
  public String id() {
    return "goroutine-leak";
  }

  @Override
  public String alert() {
    return "GoGoroutineLeak";
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
    Leak leak = Leak.of("goroutines", with);
    Template description =
        Targets.name(service.selection())
            .text(
                " has ever more goroutines: the growth passed every test of a leak, and load,"
                    + " deploys and yesterday do not explain it.");
    return new Made(
        leak.expr(service.selection()),
        true,
        "A Go process leaks goroutines.",
        description,
        leak.scenarios(service));
  }
}
