package dev.tidemark.rules.imported;

import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a group says of all its rules, and a specification can.
 *
 * @param interval empty: the server's own
 * @param queryOffset empty: the server's own
 * @param limit 0: any number
 */
record GroupSays(Optional<Duration> interval, Optional<Duration> queryOffset, int limit) {
  /** Prometheus takes an interval of nought for none, and a limit below nought too. */
  static GroupSays of(FoundGroup group) {
    Map<String, Placed<String>> others = new TreeMap<>(group.others());
    return new GroupSays(
        group.interval().map(Placed::value).filter(interval -> !interval.isZero()),
        Optional.ofNullable(others.get("query_offset")).flatMap(GroupSays::duration),
        Optional.ofNullable(others.get("limit")).flatMap(GroupSays::number).orElse(0));
  }

  /** What cannot be said, each at its place. */
  static List<Problem> unsaid(FoundGroup group) {
    List<Problem> unsaid = new ArrayList<>();
    group
        .others()
        .forEach(
            (key, value) -> {
              boolean known =
                  switch (key) {
                    case "query_offset" -> duration(value).isPresent();
                    case "limit" -> number(value).isPresent();
                    default -> false;
                  };
              if (!known) {
                unsaid.add(
                    value.problem(
                        "the group's " + key + " cannot be expressed; its rules are taken over"));
              }
            });
    return unsaid;
  }

  /** As the specification has it for a service; empty where the defaults say the same. */
  Optional<String> text(Duration otherwise, Duration usual) {
    List<String> keys = new ArrayList<>();
    Duration every = interval.orElse(otherwise);
    if (!every.equals(usual)) {
      keys.add("interval: " + PromDuration.format(every));
    }
    queryOffset.ifPresent(offset -> keys.add("queryOffset: " + PromDuration.format(offset)));
    if (limit > 0) {
      keys.add("limit: " + limit);
    }
    return keys.isEmpty() ? Optional.empty() : Optional.of("{" + String.join(", ", keys) + "}");
  }

  private static Optional<Duration> duration(Placed<String> text) {
    try {
      return Optional.of(PromDuration.parse(text.value()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> number(Placed<String> text) {
    try {
      return Optional.of(Math.max(0, Integer.parseInt(text.value())));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
