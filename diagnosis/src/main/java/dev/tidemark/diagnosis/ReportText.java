package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.goroutine.Frame;
import dev.tidemark.diagnosis.goroutine.GoroutineReport;
import dev.tidemark.diagnosis.goroutine.Verdict;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes reports for people: leaks first, a line a group; names of a dump are untrusted. */
final class ReportText {
  /** Normal groups shown; the rest is a number. */
  private static final int NORMAL_SHOWN = 5;

  private static final int LONGEST = 160;

  private final PrintWriter out;

  ReportText(PrintWriter out) {
    this.out = out;
  }

  void write(List<GoroutineReport> reports) {
    for (int i = 0; i < reports.size(); i++) {
      if (i > 0) {
        out.println();
      }
      write(reports.get(i));
    }
  }

  private void write(GoroutineReport report) {
    out.printf(
        "%s: %d goroutines in %d groups%s%n",
        safe(report.file()),
        report.goroutines(),
        report.groups().size(),
        report.truncated() ? " (truncated: the dump ends early, there are more)" : "");
    List<GoroutineReport.Group> sorted =
        report.groups().stream()
            .sorted(Comparator.comparing(GoroutineReport.Group::verdict).reversed())
            .toList();
    int normal = 0;
    for (GoroutineReport.Group group : sorted) {
      boolean isNormal = group.verdict() == Verdict.NORMAL;
      normal += isNormal ? 1 : 0;
      if (normal <= NORMAL_SHOWN) {
        line(group);
      }
    }
    if (normal > NORMAL_SHOWN) {
      out.printf("         and %d more normal groups%n", normal - NORMAL_SHOWN);
    }
  }

  private void line(GoroutineReport.Group group) {
    String state = group.state() == null ? "?" : safe(group.state());
    String age = group.waitMinutes() == null ? "" : ", " + group.waitMinutes().max() + " min";
    out.printf("%-7s  %6d  %s%s", group.verdict().text(), group.count(), state, age);
    out.printf("  at %s", place(group.blockedAt(), "the standard library"));
    if (group.createdBy() != null) {
      out.printf("  created by %s", place(group.createdBy(), "?"));
    }
    out.println();
    if (group.verdict() != Verdict.NORMAL) {
      out.printf("                 %s%n", safe(group.reason()));
    }
  }

  private static String place(@Nullable Frame frame, String otherwise) {
    if (frame == null) {
      return otherwise;
    }
    String position = frame.file() == null ? "" : " " + frame.file() + ":" + frame.line();
    return safe(frame.function() + position);
  }

  /** Without control characters, which could write to the terminal what they like. */
  private static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              boolean hidden =
                  Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
              safe.appendCodePoint(hidden ? '?' : c);
            });
    return safe.toString();
  }
}
