package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.rules.spec.SpecText;
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
import java.util.TreeMap;

/**
 * Makes the rules of services, one after the other, and tells what is wrong with them. Of one
 * thread.
 */
final class ServiceMaker {
  /** Prometheus keeps a pending alert's start only as long as it has history to restore it from. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(30);

  private final Model model;
  private final Complaints complaints;
  private final RuleTexts texts;
  private final List<AlertMaker> catalogue;
  private final OwnExpression own;
  private final OwnRecords records;
  private final OwnTestReader tests;
  private final MergedSeries merged;

  ServiceMaker(
      Model model, List<AlertMaker> catalogue, List<SpecText> files, Complaints complaints) {
    this.model = model;
    this.complaints = complaints;
    this.texts = new RuleTexts(model.settings(), complaints);
    this.catalogue = catalogue;
    this.own = new OwnExpression(model.target(), files, complaints);
    this.records = new OwnRecords(texts, own, complaints);
    this.tests = new OwnTestReader(complaints);
    this.merged = new MergedSeries(complaints);
  }

  ServiceRules make(Service service) {
    List<Recording> recordings = new ArrayList<>();
    List<TestedRule> rules = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    service.records().forEach(record -> records.read(record).ifPresent(recordings::add));
    for (Alert alert : service.alerts()) {
      durations(alert);
      make(service, alert, recordings)
          .ifPresent(
              made -> {
                rules.add(made);
                unique(alert, made.rule(), seen);
                merged.check(service, alert, made.rule().expr());
              });
    }
    service.requests().filter(r -> texts.expression("requests", r)).ifPresent(this::requests);
    return new ServiceRules(service, Recording.distinct(recordings), rules);
  }

  private void requests(Placed<String> requests) {
    own.read("requests", requests);
  }

  private Optional<TestedRule> make(Service service, Alert alert, List<Recording> recordings) {
    if (alert.expr().isPresent() && alert.name().isPresent()) {
      return own(service, alert, alert.name().get(), alert.expr().get());
    }
    return alert
        .use()
        .flatMap(this::maker)
        .map(maker -> catalogued(service, alert, maker, recordings));
  }

  private Optional<AlertMaker> maker(Placed<String> use) {
    for (AlertMaker maker : catalogue) {
      if (maker.entry().id().equals(use.value())) {
        return Optional.of(maker);
      }
    }
    List<String> ids = catalogue.stream().map(m -> m.entry().id()).toList();
    String hint =
        Nearest.of(use.value(), ids)
            .map(near -> ", did you mean " + near + "?")
            .orElse(", needs one of " + String.join(", ", ids));
    complaints.add(use, "use: no alert " + Shown.text(use.value()) + hint);
    return Optional.empty();
  }

  private TestedRule catalogued(
      Service service, Alert alert, AlertMaker maker, List<Recording> recordings) {
    CatalogueEntry entry = maker.entry();
    if (!entry.engines().contains(alert.engine())) {
      complaints.add(
          alert.place(),
          entry.id()
              + (alert.engine() == Engine.PROMQL
                  ? " is judged by Tidemark's exporter: needs engine exporter (here or in target)"
                  : " is judged by Prometheus alone: needs engine promql (here or in target)"));
    }
    Parameters with = new Parameters(alert.with(), complaints);
    Made made = maker.make(service, alert, with);
    with.only(entry.id(), entry.parameters());
    recordings.addAll(made.recordings());
    String name =
        alert.name().map(placed -> texts.alertName(placed, placed.value())).orElse(entry.alert());
    Rule rule =
        new Rule(
            name,
            made.expr(),
            made.expr().text(),
            alert.forDuration().orElse(entry.forDuration()),
            alert.keepFiringFor().orElse(entry.keepFiringFor()),
            texts.labels(
                service, alert, alert.severity().orElse(entry.severity()), made.workloadOfSeries()),
            texts.annotations(alert, name, made.summary(), made.description()));
    return new TestedRule(
        rule,
        made.scenarios(),
        made.stories(),
        Optional.of(entry),
        Optional.empty(),
        List.of(),
        Thresholds.of(service, alert, rule, with.settings()));
  }

  private Optional<TestedRule> own(
      Service service, Alert alert, Placed<String> name, Placed<String> expr) {
    String alertName = texts.alertName(name, name.value());
    if (!texts.expression("expr", expr)) {
      return Optional.empty();
    }
    return own.read("expr", expr).map(node -> own(service, alert, alertName, expr, new Expr(node)));
  }

  private TestedRule own(
      Service service, Alert alert, String alertName, Placed<String> text, Expr expr) {
    Rule rule =
        new Rule(
            alertName,
            expr,
            text.value().strip(),
            alert.forDuration().orElse(Duration.ZERO),
            alert.keepFiringFor().orElse(Duration.ZERO),
            texts.labels(service, alert, alert.severity().orElse(Severity.WARNING), false),
            texts.annotations(
                alert,
                alertName,
                alertName + " fires.",
                Template.of("An expression of " + service.name().value() + " itself is true.")));
    List<Scenario> scenarios =
        OwnExpression.isSilentWithoutData(expr.node())
            ? List.of(Scenario.silent("no data stays silent", List.of()))
            : List.of();
    List<OwnTest> ownTests = tests.read(alert, rule.labels(), service.settings().groupInterval());
    if (model.policy().requireTests() && ownTests.stream().noneMatch(OwnTest::fires)) {
      complaints.add(
          alert.place(),
          "tests: "
              + alertName
              + " needs a test in which it fires, as policy.requireTests asks of own alerts");
    }
    return new TestedRule(
        rule,
        scenarios,
        List.of(),
        Optional.empty(),
        Optional.of(text),
        ownTests,
        Thresholds.of(service, alert, rule, new TreeMap<>()));
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
}
