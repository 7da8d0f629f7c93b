package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.Rate;
import dev.tidemark.rules.spec.ReceiverSpec;
import dev.tidemark.rules.spec.Severity;
import dev.tidemark.rules.spec.TimeIntervalSpec;
import dev.tidemark.toolkit.yaml.Place;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where alerts go.
 *
 * @param fallback the receiver of alerts that belong to no team
 */
public record Routing(
    List<String> groupBy,
    Duration groupWait,
    Duration groupInterval,
    Duration repeatInterval,
    String fallback,
    List<Team> teams,
    List<ReceiverSpec> receivers,
    List<Inhibition> inhibitions,
    List<TimeIntervalSpec> timeIntervals) {
  /**
   * A team and the receiver of its alerts.
   *
   * @param pages the receiver that gets critical alerts, too
   * @param budget how many alerts it can bear, by severity; nobody said: absent
   * @param muted time intervals in which nothing is sent
   * @param active time intervals outside which nothing is sent; empty: always
   */
  public record Team(
      String name,
      String receiver,
      Optional<String> pages,
      Map<Severity, Rate> budget,
      List<String> muted,
      List<String> active) {
    public Team {
      Map<Severity, Rate> copy = new EnumMap<>(Severity.class);
      copy.putAll(budget);
      budget = Collections.unmodifiableMap(copy);
      muted = List.copyOf(muted);
      active = List.copyOf(active);
    }
  }

  /** What holds back what, where the values of {@code equal} are the same. */
  public record Inhibition(
      Place place,
      SortedMap<String, String> source,
      SortedMap<String, String> target,
      List<String> equal) {}

  public Routing {
    groupBy = List.copyOf(groupBy);
    teams = List.copyOf(teams);
    receivers = List.copyOf(receivers);
    inhibitions = List.copyOf(inhibitions);
    timeIntervals = List.copyOf(timeIntervals);
  }
}
