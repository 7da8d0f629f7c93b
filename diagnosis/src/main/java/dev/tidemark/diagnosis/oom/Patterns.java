package dev.tidemark.diagnosis.oom;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of death we know; each has its page under docs/findings. */
final class Patterns {
  /** Ids of all patterns. */
  static final List<String> IDS =
      List.of(
          "oom-heap-leak",
          "oom-goroutine-leak",
          "oom-fragmentation",
          "oom-off-heap",
          "oom-page-cache",
          "oom-kernel-memory",
          "oom-startup-peak",
          "oom-gomemlimit",
          "oom-neighbour",
          "oom-stack-overflow",
          "oom-go-fatal",
          "oom-reclaim-only",
          "oom-limit-reached");

  private Patterns() {}

  /** Those that have evidence, most likely first. */
  static List<OomReport.Pattern> weigh(Facts facts) {
    List<Case> heard =
        Stream.concat(MemoryCases.of(facts).stream(), LimitCases.of(facts).stream())
            .filter(Case::isHeard)
            .toList();
    boolean explained = heard.stream().anyMatch(known -> known.weight() >= 1);
    Stream<Case> last =
        explained ? Stream.empty() : Stream.of(LimitCases.limit(facts)).filter(Case::isHeard);
    return Stream.concat(heard.stream(), last)
        .sorted(Comparator.comparingInt(Case::weight).reversed())
        .map(Case::close)
        .toList();
  }
}
