package dev.tidemark.diagnosis;

import static dev.tidemark.diagnosis.finding.Quantity.count;
import static dev.tidemark.diagnosis.finding.Quantity.seconds;

import dev.tidemark.diagnosis.trace.TraceReport;
import java.util.stream.Collectors;

/** Writes what an execution trace tells, for people. */
final class TraceText {
  private static final int SHOWN = 10;

  private final Print out;

  TraceText(Print out) {
    this.out = out;
  }

  void write(TraceReport report) {
    out.line(
        "%s: %s in %s events%s",
        Paint.safe(report.file()),
        seconds(report.seconds()),
        count(report.events()),
        report.truncated() ? " (truncated: the trace ends early)" : "");
    out.field(
        "goroutines",
        "%s created, %s of them ended".formatted(count(report.created()), count(report.ended())));
    report.starts().stream()
        .filter(starts -> starts.alive() > 0 && !isGos(starts))
        .limit(SHOWN)
        .forEach(
            starts ->
                out.field(
                    "did not end",
                    "%s of %s of %s%s%s"
                        .formatted(
                            count(starts.alive()),
                            count(starts.created()),
                            Paint.safe(starts.function() + " " + starts.place()),
                            starts.createdAt() == null
                                ? ""
                                : ", created by " + Paint.safe(starts.createdAt()),
                            starts.states().stream()
                                .limit(3)
                                .map(s -> count(s.count()) + " " + Paint.safe(s.state()))
                                .collect(Collectors.joining(", ", ": ", "")))));
    TraceReport.Collections gc = report.collections();
    out.field(
        "collections",
        "%s, under way for %s; %s stops of the world, the longest %s, assists %s"
            .formatted(
                count(gc.cycles()),
                seconds(gc.marking()),
                count(gc.stops()),
                seconds(gc.longestStop()),
                seconds(gc.assists())));
    TraceReport.Delays delays = report.delays();
    if (delays.median() != null && delays.p99() != null && delays.max() != null) {
      out.field(
          "delay",
          "from ready to running half %s or less, 99 %% %s or less, longest %s"
              .formatted(seconds(delays.median()), seconds(delays.p99()), seconds(delays.max())));
    }
    out.findings(report.findings());
  }

  /** The runtime's own, which live as long as the program or the trace. */
  private static boolean isGos(TraceReport.Starts starts) {
    return starts.function().startsWith("runtime.") || starts.function().startsWith("runtime/");
  }
}
