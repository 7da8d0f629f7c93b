package dev.tidemark.rules.found;

import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A group of rules.
 *
 * @param place where it begins, which need not be its name
 * @param interval empty for the server's own
 * @param others what else the group says: {@code limit}, {@code query_offset} …
 */
public record FoundGroup(
    Place place,
    Placed<String> name,
    Optional<Placed<Duration>> interval,
    SortedMap<String, Placed<String>> others,
    List<FoundRule> rules) {
  public FoundGroup {
    others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
    rules = List.copyOf(rules);
  }
}
