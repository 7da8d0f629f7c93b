package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Quantity;
import dev.tidemark.diagnosis.goroutine.Frame;
import dev.tidemark.diagnosis.goroutine.GoroutineReport;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes reports as one page that can be kept or sent: leaks first, a row a group. */
final class ReportHtml {
  private static final List<String> COLUMNS =
      List.of("verdict", "count", "state", "minutes", "blocked at", "created by", "reason");

  private ReportHtml() {}

  static void write(PrintWriter out, List<GoroutineReport> reports) {
    try (HtmlPage page = new HtmlPage(out, "Goroutines")) {
      for (GoroutineReport report : reports) {
        page.heading(report.file());
        page.paragraph(
            Quantity.count(report.goroutines())
                + (report.goroutines() == 1 ? " goroutine in " : " goroutines in ")
                + Quantity.count(report.groups().size())
                + (report.groups().size() == 1 ? " group" : " groups")
                + (report.truncated() ? " (truncated: the dump ends early, there are more)" : ""));
        page.table(COLUMNS);
        report.groups().stream()
            .sorted(Comparator.comparing(GoroutineReport.Group::verdict).reversed())
            .forEach(group -> page.row(group.verdict(), cells(group)));
        page.endTable();
      }
    }
  }

  private static List<String> cells(GoroutineReport.Group group) {
    String state = group.state();
    return List.of(
        Quantity.count(group.count()),
        state == null ? "" : state,
        group.waitMinutes() == null ? "" : Quantity.count(group.waitMinutes().max()),
        place(group.blockedAt()),
        place(group.createdBy()),
        group.reason());
  }

  private static String place(@Nullable Frame frame) {
    if (frame == null) {
      return "";
    }
    return frame.file() == null
        ? frame.function()
        : frame.function() + " " + frame.file() + ":" + frame.line();
  }
}
