package dev.tidemark.diagnosis;

import static dev.tidemark.diagnosis.finding.Quantity.bytes;
import static dev.tidemark.diagnosis.finding.Quantity.count;

import dev.tidemark.diagnosis.size.SizeReport;

/** Writes what fits, for people. */
final class SizeText {
  private final Print out;

  SizeText(Print out) {
    this.out = out;
  }

  void write(SizeReport report) {
    Long gomemlimit = report.gomemlimit();
    Long goroutines = report.goroutines();
    out.line(
        "%s: %s%s",
        Paint.safe(report.target()),
        gomemlimit == null
            ? "first a larger limit, this one is too small"
            : "set GOMEMLIMIT=%dMiB GOGC=%d".formatted(gomemlimit >> 20, report.gogc()),
        report.gomaxprocs() == null
            ? ""
            : (gomemlimit == null ? "; set GOMAXPROCS=" : " GOMAXPROCS=") + report.gomaxprocs());
    out.field(
        "now",
        "%s live, %s of stacks%s, %s of the runtime, limit %s"
            .formatted(
                bytes(report.live()),
                bytes(report.stacks()),
                goroutines == null ? "" : " of %s goroutines".formatted(count(goroutines)),
                bytes(report.runtime()),
                bytes(report.limit())));
    for (SizeReport.Fit fit : report.goroutinesThatFit()) {
      out.field("fit", "%s goroutines at GOGC=%d".formatted(count(fit.goroutines()), fit.gogc()));
    }
    report.arithmetic().forEach(step -> out.line("    %s", step));
    out.findings(report.findings());
  }
}
