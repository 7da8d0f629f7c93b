package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.GroupSpec;
import dev.tidemark.rules.spec.Release;
import dev.tidemark.rules.spec.ServiceSpec;
import dev.tidemark.rules.spec.Spec;
import dev.tidemark.rules.spec.TargetSpec;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each ruler has of a rule file, and since when. Sources: pkg/operator/rules.go of the
 * Prometheus Operator for Thanos, CHANGELOG.md and pkg/ruler/rulespb/rules.proto of grafana/mimir,
 * docs/changelog of VictoriaMetrics.
 */
final class Rulers {
  private final Spec spec;
  private final Complaints complaints;

  Rulers(Spec spec, Complaints complaints) {
    this.spec = spec;
    this.complaints = complaints;
  }

  /**
   * A ruler.
   *
   * @param keepFiringFor since when it has {@code keep_firing_for}, which every file needs
   * @param queryOffset since when it has {@code query_offset}; null: never
   * @param limit whether it keeps the limit of a group
   */
  private record Ruler(
      String name, Release keepFiringFor, @Nullable Release queryOffset, boolean limit) {}

  void check() {
    TargetSpec target = spec.target();
    switch (target.output().value()) {
      case FILES, PROMETHEUS_RULE -> prometheus(target);
      case THANOS -> ruler(new Ruler("Thanos", new Release(0, 34), new Release(0, 38), true));
      case MIMIR -> ruler(new Ruler("Mimir", new Release(2, 7), new Release(2, 13), false));
      case VICTORIAMETRICS -> ruler(new Ruler("vmalert", new Release(1, 92), null, true));
    }
  }

  private void prometheus(TargetSpec target) {
    Placed<Release> ruler = target.ruler();
    if (ruler != null) {
      complaints.add(ruler, "ruler: only for output thanos, mimir or victoriametrics");
    }
    if (!Feature.QUERY_OFFSET.isIn(target)) {
      offsets()
          .forEach(
              offset ->
                  complaints.add(offset, "queryOffset: " + Feature.QUERY_OFFSET.missing(target)));
    }
  }

  private void ruler(Ruler ruler) {
    Placed<Release> stated = spec.target().ruler();
    Release release = stated == null ? ruler.keepFiringFor() : stated.value();
    if (stated != null && release.isBefore(ruler.keepFiringFor())) {
      complaints.add(stated, lacks(ruler, release, "keep_firing_for", ruler.keepFiringFor()));
    }
    offsets().forEach(offset -> offset(ruler, stated, release, offset));
    if (!ruler.limit()) {
      groups()
          .map(GroupSpec::limit)
          .flatMap(Stream::ofNullable)
          .filter(limit -> limit.value() > 0)
          .forEach(
              limit ->
                  complaints.add(limit, "limit: " + ruler.name() + " keeps no limit of a group"));
    }
  }

  private void offset(
      Ruler ruler, @Nullable Placed<Release> stated, Release release, Placed<Duration> offset) {
    Release since = ruler.queryOffset();
    if (since == null) {
      complaints.add(
          offset, "queryOffset: vmalert has no query_offset; start it with -rule.evalDelay");
    } else if (release.isBefore(since)) {
      complaints.add(
          offset,
          "queryOffset: "
              + lacks(ruler, release, "query_offset of a group", since)
              + (stated == null ? " in target.ruler" : ""));
    }
  }

  /** Those that are written: one of a group even where it is nought. */
  private Stream<Placed<Duration>> offsets() {
    Stream<Placed<Duration>> own = groups().map(GroupSpec::queryOffset).flatMap(Stream::ofNullable);
    return Stream.concat(
        Stream.of(spec.defaults().queryOffset()).filter(offset -> !offset.value().isZero()), own);
  }

  private Stream<GroupSpec> groups() {
    return spec.services().stream().map(ServiceSpec::group).flatMap(Stream::ofNullable);
  }

  private static String lacks(Ruler ruler, Release release, String what, Release since) {
    return "%s %s has no %s, needs %s or newer".formatted(ruler.name(), release, what, since);
  }
}
