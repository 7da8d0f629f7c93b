package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Scenario.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Collects the scenarios of an alert, the one that fires first. Those that every alert needs come
 * by themselves: nothing without data, and nothing of another service.
 */
public final class Cases {
  private final Fixture fixture;
  private final Map<String, String> labels;
  private final List<Input> membership;
  private final List<Scenario> scenarios = new ArrayList<>();
  private UnaryOperator<Scenario> timing = scenario -> scenario;

  private Cases(Fixture fixture, Map<String, String> labels, List<Input> membership) {
    this.fixture = fixture;
    this.labels = labels;
    this.membership = membership;
  }

  /** Of an alert over what a process exposes itself. */
  public static Cases ofProcess(Service service) {
    Fixture fixture = new Fixture(service);
    return new Cases(
        fixture,
        fixture.grouped(Targets.grouping(service.selection()), /* workload= */ false),
        List.of());
  }

  /** Of an alert over what a process exposes and others tell of its container. */
  public static Cases ofProcessInPod(Service service) {
    Fixture fixture = new Fixture(service);
    return new Cases(
        fixture, fixture.groupedOfPod(Targets.groupingOfPods(service.selection())), List.of());
  }

  /** Of an alert over what others tell of a container. */
  public static Cases ofContainer(Service service) {
    Fixture fixture = new Fixture(service);
    return new Cases(
        fixture,
        fixture.groupedOfPod(Targets.groupingOfPods(service.selection())),
        fixture.membershipOfPod());
  }

  /** Of an alert over what the exporter exposes. */
  public static Cases ofExposed(Service service) {
    Fixture fixture = new Fixture(service);
    return new Cases(
        fixture,
        fixture.grouped(Targets.groupingWithWorkload(service.selection()), /* workload= */ true),
        fixture.membership());
  }

  /** Of an alert with these labels of its series. */
  public static Cases of(Service service, Map<String, String> labels) {
    return new Cases(new Fixture(service), labels, List.of());
  }

  /** The target they are about. */
  public Fixture fixture() {
    return fixture;
  }

  /** Of rates over a window, which follow a change slowly. */
  public Cases settling(Duration window) {
    timing = scenario -> scenario.settling(window);
    return this;
  }

  /** Of what happened during a window. */
  public Cases during(Duration window) {
    timing = scenario -> scenario.during(window);
    return this;
  }

  /** As above; nobody waits for the end of a window of days. */
  public Cases duringDays(Duration window) {
    timing = scenario -> scenario.during(window).withoutEnd();
    return this;
  }

  public Cases fires(String name, double value, Input... inputs) {
    return add(Scenario.fires(name, with(inputs), labels, value));
  }

  public Cases silent(String name, Input... inputs) {
    return add(Scenario.silent(name, with(inputs)));
  }

  public List<Scenario> all() {
    List<Scenario> all = new ArrayList<>(scenarios);
    if (!membership.isEmpty()) {
      List<Input> others = new ArrayList<>(scenarios.get(0).inputs());
      others.removeAll(membership);
      all.add(timing.apply(Scenario.silent("another service's stays silent", others)));
    }
    all.add(Scenario.silent("no data stays silent", List.of()));
    return all;
  }

  private Cases add(Scenario scenario) {
    scenarios.add(timing.apply(scenario));
    return this;
  }

  private List<Input> with(Input... inputs) {
    List<Input> all = new ArrayList<>(List.of(inputs));
    all.addAll(membership);
    return all;
  }

  /** A share between a threshold and one, whole in percent. */
  public static double above(double threshold) {
    return Math.floor((threshold + 1) / 2 * 100) / 100;
  }
}
