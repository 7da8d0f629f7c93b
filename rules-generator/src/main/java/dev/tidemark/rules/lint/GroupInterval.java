package dev.tidemark.rules.lint;

import dev.tidemark.rules.lint.Finding.Level;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;

/** A group that is evaluated more rarely than Prometheus remembers a sample. */
final class GroupInterval implements Check {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Override
  public String id() {
    return "group-interval";
  }

  @Override
  public void look(Subject rule, Report report) {
    rule.group()
        .interval()
        .filter(interval -> interval.value().compareTo(LONGEST) > 0)
        .filter(interval -> rule.group().rules().get(0).equals(rule.rule()))
        .ifPresent(
            interval ->
                report.add(
                    Level.WARNING,
                    interval.place(),
                    "the group is evaluated every "
                        + PromDuration.format(interval.value())
                        + ", and a sample is forgotten after 5m: what it records and alerts on has"
                        + " gaps",
                    "5m or less"));
  }
}
