package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Quantity;
import dev.tidemark.diagnosis.goroutine.FleetReport;
import dev.tidemark.diagnosis.goroutine.Frame;
import org.jspecify.annotations.Nullable;

/** What many dumps have in common, for people. */
final class FleetText {
  private FleetText() {}

  static void write(FleetReport report, Print print, Paint paint) {
    print.line(
        "%s with %s", count(report.files(), "file"), count(report.goroutines(), "goroutine"));
    for (FleetReport.Unread unread : report.unread()) {
      print.line("  not judged: %s %s", Paint.safe(unread.file()), Paint.safe(unread.reason()));
    }
    if (report.shared().isEmpty()) {
      print.line("  nothing found");
    }
    for (FleetReport.Shared shared : report.shared()) {
      print.line(
          "%s  %d of %s this stack: %s, most (%s) in %s",
          paint.verdict(shared.verdict(), "%-7s".formatted(shared.verdict().text())),
          shared.inFiles(),
          report.files() == 1 ? "1 file holds" : report.files() + " files share",
          count(shared.count(), "goroutine"),
          Quantity.count(shared.most()),
          Paint.safe(shared.mostIn()));
      print.line(
          "         %s  at %s%s",
          shared.state() == null ? "?" : Paint.safe(shared.state()),
          place(shared.blockedAt()),
          shared.createdBy() == null ? "" : "  created by " + place(shared.createdBy()));
      print.line("         %s", Paint.safe(shared.reason()));
    }
  }

  private static String count(long number, String what) {
    return Quantity.count(number) + " " + what + (number == 1 ? "" : "s");
  }

  private static String place(@Nullable Frame frame) {
    if (frame == null) {
      return "the standard library";
    }
    return Paint.safe(
        frame.file() == null
            ? frame.function()
            : frame.function() + " " + frame.file() + ":" + frame.line());
  }
}
