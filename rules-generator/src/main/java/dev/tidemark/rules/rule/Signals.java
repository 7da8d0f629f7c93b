package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Selection;
import dev.tidemark.rules.model.Service;
import dev.tidemark.signals.signal.Catalogue;
import java.util.Map;
import java.util.stream.Collectors;

/** The signals of the catalogue as expressions over a service's targets. */
public final class Signals {
  private static final Map<String, Expr> ALL =
      Catalogue.load().signals().stream()
          .collect(Collectors.toUnmodifiableMap(s -> s.id(), s -> Expr.parse(s.expr())));

  private Signals() {}

  /**
   * A signal that a process exposes itself, by the labels an alert keeps. Rates and gaps are as
   * long as the service's scrapes want it.
   */
  public static Expr ofProcess(Service service, String id) {
    Selection selection = service.selection();
    return signal(id)
        .with(selection.all())
        .lookingBack(selection.remembered())
        .by("max", Targets.grouping(selection));
  }

  private static Expr signal(String id) {
    Expr expr = ALL.get(id);
    if (expr == null) {
      throw new IllegalArgumentException("no signal " + id);
    }
    return expr;
  }
}
