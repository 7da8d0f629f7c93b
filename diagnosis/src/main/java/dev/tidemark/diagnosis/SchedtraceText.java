package dev.tidemark.diagnosis;

import static dev.tidemark.diagnosis.finding.Quantity.count;
import static dev.tidemark.diagnosis.finding.Quantity.digits;
import static dev.tidemark.diagnosis.finding.Quantity.percent;
import static dev.tidemark.diagnosis.finding.Quantity.seconds;

import dev.tidemark.diagnosis.sched.SchedReport;

/** Writes reports about the scheduler for people. */
final class SchedtraceText {
  private final Print out;

  SchedtraceText(Print out) {
    this.out = out;
  }

  void write(SchedReport report) {
    out.line(
        "%s: %s lines of %s%s%s",
        Paint.safe(report.file()),
        count(report.lines()),
        report.processes().size() == 1
            ? "one process"
            : count(report.processes().size()) + " processes",
        report.damaged() > 0 ? ", " + count(report.damaged()) + " damaged" : "",
        report.truncated() ? " (truncated: the log ends early)" : "");
    for (SchedReport.GoProcess process : report.processes()) {
      if (process.process() != null) {
        out.line("process %s", Paint.safe(process.process()));
      }
      out.field(
          "processors",
          "%s, %s at work on average in %s"
              .formatted(
                  count(process.processors()),
                  percent(process.busy()),
                  seconds(process.seconds())));
      out.field(
          "ready to run",
          level(process.queued()) + ", longest queue " + count(process.longestQueue()));
      out.field("threads", level(process.threads()));
      if (process.detailed()) {
        process.goroutines().stream()
            .limit(5)
            .forEach(
                state ->
                    out.field(
                        "goroutines", count(state.count()) + " " + Paint.safe(state.state())));
      }
      out.findings(process.findings());
    }
  }

  private static String level(SchedReport.Level level) {
    return "%s at first, %s at last, %s at most, %s on average"
        .formatted(
            count(level.first()), count(level.last()), count(level.max()), digits(level.mean()));
  }
}
