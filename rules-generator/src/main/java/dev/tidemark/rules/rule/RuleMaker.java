package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Nearest;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes the rules of every service of a model; tells everything that is wrong at once. */
public final class RuleMaker {
  /** Prometheus keeps a pending alert's start only as long as it has history to restore it from. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(30);

  private final Model model;
  private final Complaints complaints;
  private final RuleTexts texts;

  public RuleMaker(Model model, Complaints complaints) {
    this.model = model;
    this.complaints = complaints;
    this.texts = new RuleTexts(model.settings(), complaints);
  }

  /** The rules; the complaints say whether they may be used. */
  public List<ServiceRules> make() {
    List<ServiceRules> services = new ArrayList<>();
    int count = 0;
    for (Service service : model.services()) {
      List<TestedRule> rules = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (Alert alert : service.alerts()) {
        durations(alert);
        make(service, alert)
            .ifPresent(
                made -> {
                  rules.add(made);
                  unique(alert, made.rule(), seen);
                });
        count++;
      }
      services.add(new ServiceRules(service, rules));
    }
    budget(count);
    return services;
  }

  private Optional<TestedRule> make(Service service, Alert alert) {
    if (alert.expr().isPresent() && alert.name().isPresent()) {
      return Optional.of(own(service, alert, alert.name().get(), alert.expr().get()));
    }
    return alert.use().flatMap(use -> maker(use)).map(maker -> catalogued(service, alert, maker));
  }

  private Optional<AlertMaker> maker(Placed<String> use) {
    Optional<AlertMaker> maker = AlertCatalogue.find(use.value());
    if (maker.isEmpty()) {
      List<String> ids = AlertCatalogue.ids();
      String hint =
          Nearest.of(use.value(), ids)
              .map(near -> ", did you mean " + near + "?")
              .orElse(", needs one of " + String.join(", ", ids));
      complaints.add(use, "use: no alert " + Shown.text(use.value()) + hint);
    }
    return maker;
  }

  private TestedRule catalogued(Service service, Alert alert, AlertMaker maker) {
    if (!maker.engines().contains(alert.engine())) {
      complaints.add(
          alert.place(),
          maker.id()
              + " is judged by Tidemark's exporter: needs engine exporter (here or in target), and"
              + " in this release has no rules of pure PromQL");
    }
    Parameters with = new Parameters(alert.with(), complaints);
    AlertMaker.Made made = maker.make(service, alert, with);
    with.finish(maker.id());
    String name =
        alert.name().map(placed -> texts.alertName(placed, placed.value())).orElse(maker.alert());
    Rule rule =
        new Rule(
            name,
            made.expr().text(),
            alert.forDuration().orElse(maker.forDuration()),
            alert.keepFiringFor().orElse(maker.keepFiringFor()),
            texts.labels(
                service, alert, alert.severity().orElse(maker.severity()), made.workloadOfSeries()),
            texts.annotations(alert, name, made.summary(), made.description()));
    return new TestedRule(rule, made.scenarios(), Optional.empty());
  }

  private TestedRule own(Service service, Alert alert, Placed<String> name, Placed<String> expr) {
    String alertName = texts.alertName(name, name.value());
    texts.expression(expr);
    Rule rule =
        new Rule(
            alertName,
            expr.value().strip(),
            alert.forDuration().orElse(Duration.ZERO),
            alert.keepFiringFor().orElse(Duration.ZERO),
            texts.labels(service, alert, alert.severity().orElse(Severity.WARNING), false),
            texts.annotations(
                alert,
                alertName,
                alertName + " fires.",
                Template.of("An expression of " + service.name().value() + " itself is true.")));
    List<Scenario> scenarios =
        OwnExpression.isSilentWithoutData(expr.value())
            ? List.of(Scenario.silent("no data stays silent", List.of()))
            : List.of();
    return new TestedRule(rule, scenarios, Optional.of(expr));
  }

  private void durations(Alert alert) {
    for (Optional<Duration> duration : List.of(alert.forDuration(), alert.keepFiringFor())) {
      if (duration.isPresent() && duration.get().compareTo(LONGEST_WAIT) > 0) {
        complaints.add(
            alert.place(),
            "for and keepFiringFor: found "
                + PromDuration.format(duration.get())
                + ", needs "
                + PromDuration.format(LONGEST_WAIT)
                + " or less");
      }
    }
  }

  private void unique(Alert alert, Rule rule, Set<String> seen) {
    String key = rule.alert() + " of severity " + rule.labels().get("severity");
    if (!seen.add(key.toLowerCase(Locale.ROOT))) {
      complaints.add(
          alert.place(), "the service has " + key + " already: give one another name or severity");
    }
  }

  private void budget(int count) {
    model
        .maxRules()
        .filter(most -> count > most.value())
        .ifPresent(
            most ->
                complaints.add(
                    most,
                    "maxRules: the specification makes "
                        + count
                        + " rules, allowed are "
                        + most.value()));
  }
}
