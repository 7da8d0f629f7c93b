package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.spec.SpecText;
import java.util.ArrayList;
import java.util.List;

/** Makes the rules of every service of a model; tells everything that is wrong at once. */
public final class RuleMaker {
  private final Model model;
  private final List<AlertMaker> catalogue;
  private final List<SpecText> files;
  private final Complaints complaints;

  /**
   * @param catalogue what alerts can use
   * @param files what the model was read from, to point at characters
   */
  public RuleMaker(
      Model model, List<AlertMaker> catalogue, List<SpecText> files, Complaints complaints) {
    this.model = model;
    this.catalogue = List.copyOf(catalogue);
    this.files = files;
    this.complaints = complaints;
  }

  /** What was made of a service, and what is wrong with it. */
  private record Told(ServiceRules rules, Complaints complaints) {}

  /** The rules; the complaints say whether they may be used. */
  public List<ServiceRules> make() {
    // no service knows of another; what is told of them stays in their order
    List<Told> all = model.services().parallelStream().map(this::of).toList();
    List<ServiceRules> services = new ArrayList<>();
    int count = 0;
    for (Told told : all) {
      complaints.addAll(told.complaints());
      services.add(told.rules());
      count += told.rules().service().alerts().size() + told.rules().recordings().size();
    }
    Budgets budgets = new Budgets(model.policy(), complaints);
    budgets.rules(count);
    budgets.series(services);
    return services;
  }

  private Told of(Service service) {
    Complaints own = new Complaints();
    return new Told(new ServiceMaker(model, catalogue, files, own).make(service), own);
  }
}
