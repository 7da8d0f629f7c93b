package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Makes one alert of the catalogue for a service. Stateless. */
interface AlertMaker {
  /** What a specification says after {@code use}; the name of the page under docs/alerts. */
  String id();

  /** The alert's name. */
  String alert();

  Severity severity();

  Duration forDuration();

  Duration keepFiringFor();

  /** Who can judge it. */
  default Set<Engine> engines() {
    return Set.of(Engine.EXPORTER);
  }

  /**
   * The alert's expression, texts and scenarios; what is wrong with the parameters is told to them.
   */
  Made make(Service service, Alert alert, Parameters with);

  /**
   * What a maker makes.
   *
   * @param workloadOfSeries whether the label {@code workload} comes from the series; else it is
   *     the service's name
   * @param summary one sentence, the same for every target
   */
  record Made(
      Expr expr,
      boolean workloadOfSeries,
      String summary,
      Template description,
      List<Scenario> scenarios) {
    public Made {
      scenarios = List.copyOf(scenarios);
    }
  }
}
