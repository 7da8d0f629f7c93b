package dev.tidemark.rules;

import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.rules.found.RuleFileReader;
import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.output.YamlText;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.RuleDocument;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules a specification makes, each at the place of the alert that asked for it. */
final class SpecRules {
  private SpecRules() {}

  /** The rules of a service, in as many groups as are written. */
  static FoundFile of(ServiceRules service) {
    String name =
        "rules/" + service.service().team() + "/" + service.service().name().value() + ".yml";
    List<FoundGroup> groups = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Map<String, Object> part : RuleDocument.parts(service)) {
      FoundFile file = RuleFileReader.read(new SpecText(name, YamlText.of(name, part)));
      file.groups().forEach(group -> groups.add(placed(group, service)));
      problems.addAll(file.problems());
    }
    return new FoundFile(new SpecText(name, ""), groups, problems);
  }

  /** What was asked for that made this rule; empty for recordings. */
  static Optional<TestedRule> tested(ServiceRules service, FoundRule rule) {
    return service.rules().stream().filter(tested -> is(tested.rule(), rule)).findFirst();
  }

  /** A service has no two alerts of one name and severity. */
  private static boolean is(Rule made, FoundRule rule) {
    Placed<String> severity = rule.labels().get("severity");
    return rule.isAlert()
        && made.alert().equals(rule.name().value())
        && severity != null
        && severity.value().equals(made.labels().get("severity"));
  }

  private static FoundGroup placed(FoundGroup group, ServiceRules service) {
    Placed<String> name = new Placed<>(group.name().value(), service.service().name().place());
    List<Alert> alerts = service.service().alerts();
    List<FoundRule> rules = new ArrayList<>();
    for (FoundRule rule : group.rules()) {
      Optional<TestedRule> tested = tested(service, rule);
      int index = tested.map(service.rules()::indexOf).orElse(-1);
      boolean known = index >= 0 && service.rules().size() == alerts.size();
      Place place = known ? alerts.get(index).place() : name.place();
      Placed<String> made = new Placed<>(rule.expr().value(), place);
      rules.add(rule.at(place, tested.flatMap(TestedRule::userExpr).orElse(made)));
    }
    return new FoundGroup(name.place(), name, group.interval(), group.others(), rules);
  }
}
