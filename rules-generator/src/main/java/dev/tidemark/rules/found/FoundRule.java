package dev.tidemark.rules.found;

import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rule of a file.
 *
 * @param place where the rule begins
 * @param name of the alert, or of the series that are recorded
 * @param expr as it was written; whether it is PromQL nobody has asked yet
 * @param forDuration empty for none, as for recording rules
 * @param labels those of its group, too, where it says none of their names
 */
public record FoundRule(
    Kind kind,
    Place place,
    Placed<String> name,
    Placed<String> expr,
    Optional<Placed<Duration>> forDuration,
    Optional<Placed<Duration>> keepFiringFor,
    SortedMap<String, Placed<String>> labels,
    SortedMap<String, Placed<String>> annotations) {
  /** What a rule makes. */
  public enum Kind {
    ALERT,
    RECORD
  }

  public FoundRule {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
  }

  public boolean isAlert() {
    return kind == Kind.ALERT;
  }

  /** This rule as if all of it, or all but the expression, stood elsewhere. */
  public FoundRule at(Place other, Placed<String> expression) {
    return new FoundRule(
        kind,
        other,
        new Placed<>(name.value(), other),
        expression,
        forDuration.map(d -> new Placed<>(d.value(), other)),
        keepFiringFor.map(d -> new Placed<>(d.value(), other)),
        moved(labels, other),
        moved(annotations, other));
  }

  private static SortedMap<String, Placed<String>> moved(
      SortedMap<String, Placed<String>> texts, Place other) {
    SortedMap<String, Placed<String>> moved = new TreeMap<>();
    texts.forEach((name, text) -> moved.put(name, new Placed<>(text.value(), other)));
    return moved;
  }
}
