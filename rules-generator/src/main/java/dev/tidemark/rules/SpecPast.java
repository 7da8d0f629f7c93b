package dev.tidemark.rules;

import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.history.Backtest;
import dev.tidemark.rules.history.Replayed;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.rules.tune.Past;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.List;
import java.util.Optional;

/**
 * Replays alerts of a specification as they would be after a change.
 *
 * @param model what the specification made
 */
record SpecPast(Model model, List<SpecText> texts, Backtest backtest) implements Past {
  @Override
  public Optional<Replayed> of(Service service, int alert) throws PrometheusException {
    Optional<ServiceRules> made = Generator.remade(model, texts, service);
    return made.isEmpty() ? Optional.empty() : of(made.get(), alert);
  }

  /** One that was made. */
  Optional<Replayed> of(ServiceRules made, int alert) throws PrometheusException {
    FoundFile file = SpecRules.of(made);
    List<FoundRule> all = file.rules().toList();
    ServiceRules.TestedRule wanted = made.rules().get(alert);
    for (FoundGroup group : file.groups()) {
      List<Replayed> replayed =
          backtest.of(
              made.service().name().value(),
              group,
              all,
              made.service().settings().groupInterval(),
              rule -> SpecRules.tested(made, rule).filter(wanted::equals).isPresent());
      if (!replayed.isEmpty()) {
        return Optional.of(replayed.get(0));
      }
    }
    return Optional.empty();
  }
}
