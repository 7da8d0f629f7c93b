package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A test of a user's own alert: series in promtool's notation, and when which alerts fire.
 *
 * @param interval between samples and between evaluations; default: the group's
 */
public record TestSpec(
    Place place,
    @Nullable Placed<String> name,
    @Nullable Placed<Duration> interval,
    @Default("[]") List<Series> series,
    List<Look> looks) {
  /** A series and its samples: {@code 0+10x60}, {@code 1 _x3 stale}. */
  public record Series(Placed<String> series, Placed<String> values) {}

  /** The alerts that fire at a time, each by the labels it has beside the rule's own. */
  public record Look(Placed<Duration> at, List<Map<String, Placed<String>>> firing) {}
}
