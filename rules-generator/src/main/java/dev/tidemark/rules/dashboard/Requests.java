package dev.tidemark.rules.dashboard;

import dev.tidemark.rules.model.Selection.Scope;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Expr;
import java.util.List;
import java.util.Optional;

/** What a service is asked to do, a second, in its own words. */
record Requests(Scope scope, Expr expr) {
  private static final List<String> EACH = List.of("namespace", "pod");

  static Optional<Requests> of(Service service) {
    return service
        .requests()
        .map(said -> new Requests(service.selection().scope(), Expr.parse(said.value())));
  }

  /** Of what is chosen, and beside it how many goroutines there are for each; none without. */
  static List<Panel> panels(Chosen chosen, Values values) {
    Optional<Expr> requests =
        chosen.fleet().requests().stream()
            .map(one -> one.of(chosen).by("sum", EACH))
            .distinct()
            .reduce(Expr::or);
    return requests.stream().map(asked -> panel(asked, values, chosen)).toList();
  }

  private static Panel panel(Expr asked, Values values, Chosen chosen) {
    Expr goroutines = values.of("goroutines").by("max", EACH);
    return Panel.lines(
            "Requests, and the goroutines for each",
            "reqps",
            "What each target is asked to do, by the specification's requests. Right, dotted: how many"
                + " goroutines there are for each request a second; load explains goroutines as long as this"
                + " stands still.",
            Target.of("{{pod}}", asked),
            Target.of(
                    "goroutines for each {{pod}}",
                    goroutines.dividedBy(EACH, asked.compare(">", 0)))
                .right("short"))
        .size(24, 8)
        .to(Urls.targetOfSeries(chosen.fleet()));
  }

  private Expr of(Chosen chosen) {
    return switch (scope) {
      case PODS -> chosen.ofPods(expr);
      case JOBS -> chosen.ofProcesses(expr);
      case EITHER -> chosen.told(expr);
    };
  }
}
