package dev.tidemark.rules.rule;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A user's test of an own alert, checked.
 *
 * @param interval between samples; empty series are none
 */
public record OwnTest(String name, Duration interval, List<Input> inputs, List<Look> looks) {
  /** A series, and its samples in promtool's notation. */
  public record Input(String series, String values) {}

  /** The alerts that fire at a time, by the labels each has beside the rule's own. */
  public record Look(Duration at, List<SortedMap<String, String>> firing) {
    public Look {
      firing =
          firing.stream()
              .map(
                  (Map<String, String> labels) ->
                      Collections.unmodifiableSortedMap(new TreeMap<>(labels)))
              .toList();
    }
  }

  public OwnTest {
    inputs = List.copyOf(inputs);
    looks = List.copyOf(looks);
  }

  /** Whether it says when the alert fires; one that never does shows nothing. */
  public boolean fires() {
    return looks.stream().anyMatch(look -> !look.firing().isEmpty());
  }
}
