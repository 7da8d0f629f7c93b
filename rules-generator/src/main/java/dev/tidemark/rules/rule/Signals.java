package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The signals of the catalogue as expressions over a service's targets. */
public final class Signals {
  private static final Catalogue CATALOGUE = Catalogue.load();

  /** Those that were asked for: each is parsed once for all services. */
  private static final Map<String, Expr> PARSED = new ConcurrentHashMap<>();

  private Signals() {}

  /**
   * A signal that a process exposes itself, by the labels an alert keeps. Rates and gaps are as
   * long as the service's scrapes want it.
   */
  public static Expr ofProcess(Service service, String id) {
    Selection selection = service.selection();
    return expr(id)
        .with(selection.all())
        .lookingBack(selection.remembered())
        .by("max", Targets.grouping(selection));
  }

  /** A signal as the catalogue has it, of every target there is. */
  public static Expr expr(String id) {
    return PARSED.computeIfAbsent(id, named -> Expr.parse(signal(named).expr()));
  }

  /**
   * What the catalogue says of it.
   *
   * @throws IllegalArgumentException where it has no such signal
   */
  public static Signal signal(String id) {
    return CATALOGUE.find(id).orElseThrow(() -> new IllegalArgumentException("no signal " + id));
  }
}
