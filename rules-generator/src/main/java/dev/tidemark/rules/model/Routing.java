package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.ReceiverSpec;
import java.time.Duration;
import java.util.List;
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
    List<Inhibition> inhibitions) {
  /** A team and the receiver of its alerts. */
  public record Team(String name, String receiver) {}

  /** What holds back what, where the values of {@code equal} are the same. */
  public record Inhibition(
      SortedMap<String, String> source, SortedMap<String, String> target, List<String> equal) {}

  public Routing {
    groupBy = List.copyOf(groupBy);
    teams = List.copyOf(teams);
    receivers = List.copyOf(receivers);
    inhibitions = List.copyOf(inhibitions);
  }
}
