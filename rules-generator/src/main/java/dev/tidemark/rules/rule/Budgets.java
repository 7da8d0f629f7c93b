package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Policy;
import dev.tidemark.rules.model.Service;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Refuses more rules and series than the policy allows. */
final class Budgets {
  private static final int MOST_SHOWN = 3;

  private final Policy policy;
  private final Complaints complaints;

  Budgets(Policy policy, Complaints complaints) {
    this.policy = policy;
    this.complaints = complaints;
  }

  void rules(int count) {
    policy
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

  /** What the fleet sizes make of the rules, shown so that anybody can reckon it again. */
  void series(List<ServiceRules> services) {
    Optional<Placed<Integer>> said = policy.maxSeriesAdded();
    if (said.isEmpty()) {
      return;
    }
    Placed<Integer> most = said.get();
    List<SeriesAdded> added = new ArrayList<>();
    for (ServiceRules rules : services) {
      Service service = rules.service();
      if (service.replicas().isEmpty()) {
        complaints.add(
            service.name(), "fleet: needs {replicas: N}, or maxSeriesAdded cannot be reckoned");
      }
      added.add(SeriesAdded.of(rules, service.replicas().orElse(1)));
    }
    long total = SeriesAdded.total(added);
    if (total > most.value()) {
      added.sort(Comparator.comparingLong(SeriesAdded::count).reversed());
      complaints.add(
          most,
          "maxSeriesAdded: the rules add up to "
              + total
              + " series, allowed are "
              + most.value()
              + "; the most are of "
              + added.stream()
                  .limit(MOST_SHOWN)
                  .map(SeriesAdded::arithmetic)
                  .collect(Collectors.joining("; ")));
    }
  }
}
