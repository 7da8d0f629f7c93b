package dev.tidemark.rules.dashboard;

import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.print.Matcher;
import dev.tidemark.rules.model.Selection.Scope;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Expr;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a service is asked to do, a second, in its own words. */
record Requests(Scope scope, Expr expr) {
  private static final List<String> EACH = List.of("namespace", "pod");

  /**
   * What tells the service's series from others' is left out: the dashboard chooses its targets
   * itself, and a thousand services that count alike are asked at once.
   */
  static Optional<Requests> of(Service service) {
    Map<String, String> own = service.selection().labels();
    return service
        .requests()
        .map(
            said ->
                new Expr(Expr.parse(said.value()).node().mapSelectors(each -> without(own, each))))
        .map(expr -> new Requests(service.selection().scope(), expr));
  }

  private static VectorSelector without(Map<String, String> own, VectorSelector selector) {
    if (selector.name().isEmpty()) {
      return selector;
    }
    List<Matcher> others =
        selector.matchers().stream()
            .filter(m -> m.op() != Matcher.Op.EQ || !m.value().equals(own.get(m.label())))
            .toList();
    return VectorSelector.of(selector.name(), others).with(selector.modifiers());
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
