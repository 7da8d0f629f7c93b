package dev.tidemark.exporter.health;

import java.util.ArrayList;
import java.util.List;

/** Asks all rules about a target. Has no state of its own; safe for any thread. */
public final class Checkup {
  private static final List<Rule> RULES =
      List.of(
          new GoroutineLeak(),
          new HeapLeak(),
          new OffHeapGrowth(),
          new RuntimeOverhead(),
          new Fragmentation(),
          new StartupLimit(),
          new GcThrash(),
          new CpuMismatch(),
          new SidecarContention(),
          new NodePressure());

  private final HealthConfig config;
  private final List<Rule> rules;

  public Checkup(HealthConfig config) {
    this.config = config;
    this.rules = RULES.stream().filter(rule -> config.judges(rule.trouble())).toList();
  }

  /** Whether a process of this age still starts. */
  public boolean isStarting(long ageMillis) {
    return ageMillis >= 0 && ageMillis <= config.startup().toMillis();
  }

  /** A look at new facts: what is measured is remembered. Every 40th slot. */
  public void look(long slot, Vitals vitals) {
    vitals.memory().look(slot, vitals, config);
    for (Rule rule : rules) {
      vitals.memory().seen(rule.trouble(), rule.of(vitals, config).isTrue());
    }
  }

  /** A look at what counts of collections. Every tenth slot. */
  public void collections(long slot, Vitals vitals) {
    vitals.memory().collections(slot, vitals, config);
  }

  /** What every class that is judged comes to, in their order. */
  public List<Finding> findings(Vitals vitals) {
    List<Finding> findings = new ArrayList<>(rules.size());
    for (Rule rule : rules) {
      findings.add(finding(rule, vitals));
    }
    return findings;
  }

  private Finding finding(Rule rule, Vitals vitals) {
    Finding now = rule.of(vitals, config);
    int seen = vitals.memory().seen(rule.trouble());
    if (now.isTrue() && rule.hasToLast() && seen < config.looks()) {
      return Finding.no(
          rule.trouble(),
          "seen %d times in a row, has to be %d: %s".formatted(seen, config.looks(), now.reason()));
    }
    return now;
  }
}
