package dev.tidemark.diagnosis.trace;

import static dev.tidemark.diagnosis.finding.Quantity.count;
import static dev.tidemark.diagnosis.finding.Quantity.percent;
import static dev.tidemark.diagnosis.finding.Quantity.seconds;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a trace says is wrong; each rule has its page under docs/findings. */
final class TraceRules {
  /** Ids of all findings. */
  static final List<String> IDS =
      List.of("trace-never-ended", "trace-gc-busy", "trace-scheduling-delay", "trace-long-stop");

  private static final int LEAST_ALIVE = 5;
  private static final Set<String> STUCK =
      Set.of("chan send", "chan receive", "sync", "select", "sync.(*Cond).Wait", "forever");

  private TraceRules() {}

  static List<Finding> judge(TraceState state, List<TraceReport.Starts> starts) {
    List<Finding> findings = new ArrayList<>();
    starts.stream()
        .filter(s -> s.alive() >= LEAST_ALIVE && s.ended() * 2 < s.created())
        .filter(s -> !s.function().startsWith("runtime."))
        .limit(10)
        .forEach(s -> findings.add(neverEnded(s)));
    TraceReport.Collections gc = state.collections();
    double span = state.seconds();
    if (gc.cycles() >= 2 && gc.marking() >= 0.5 * span) {
      findings.add(
          Finding.suspect(
              "trace-gc-busy",
              "a collection was under way for %s of the trace, %s of them"
                  .formatted(percent(gc.marking() / span), count(gc.cycles()))));
    }
    if (gc.longestStop() >= 0.01) {
      findings.add(
          Finding.suspect(
              "trace-long-stop",
              "the longest stop of the world took %s".formatted(seconds(gc.longestStop()))));
    }
    Double p99 = state.delays().p99();
    if (p99 != null && p99 >= 0.01 && state.delays().count() >= 100) {
      findings.add(
          Finding.suspect(
              "trace-scheduling-delay",
              "1 %% of goroutines that were ready waited %s or more for a processor"
                  .formatted(seconds(p99))));
    }
    return findings;
  }

  private static Finding neverEnded(TraceReport.Starts starts) {
    long stuck =
        starts.states().stream()
            .filter(s -> STUCK.contains(s.state()))
            .mapToLong(TraceReport.State::count)
            .sum();
    String reason =
        "%s of %s goroutines of %s did not end, %s of them wait%s"
            .formatted(
                count(starts.alive()),
                count(starts.created()),
                starts.function(),
                count(stuck),
                starts.states().isEmpty() ? "" : " (most: " + starts.states().get(0).state() + ")");
    return starts.ended() == 0 && stuck < starts.alive()
        ? Finding.normal("trace-never-ended", reason)
        : Finding.suspect("trace-never-ended", reason);
  }
}
