package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.goroutine.Frame;
import dev.tidemark.diagnosis.goroutine.GoroutineReport;
import dev.tidemark.diagnosis.source.SourceView;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes reports for people: leaks first, a line a group; names of a dump are untrusted. */
final class ReportText {
  /** Normal groups shown; the rest is a number. */
  private static final int NORMAL_SHOWN = 5;

  private final PrintWriter out;
  private final Paint paint;

  ReportText(PrintWriter out, Paint paint) {
    this.out = out;
    this.paint = paint;
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
        "%s: %d %s in %d %s%s%n",
        Paint.safe(report.file()),
        report.goroutines(),
        report.goroutines() == 1 ? "goroutine" : "goroutines",
        report.groups().size(),
        report.groups().size() == 1 ? "group" : "groups",
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
    String state = group.state() == null ? "?" : Paint.safe(group.state());
    String age = group.waitMinutes() == null ? "" : ", " + group.waitMinutes().max() + " min";
    String verdict = "%-7s".formatted(group.verdict().text());
    out.printf("%s  %6d  %s%s", paint.verdict(group.verdict(), verdict), group.count(), state, age);
    out.printf("  at %s", place(group.blockedAt(), "the standard library"));
    if (group.createdBy() != null) {
      out.printf("  created by %s", place(group.createdBy(), "?"));
    }
    out.println();
    if (group.verdict() != Verdict.NORMAL) {
      out.printf("                 %s%n", Paint.safe(group.reason()));
      if (group.source() != null) {
        source(group.source());
      }
    }
  }

  private void source(SourceView source) {
    out.printf("                 | %s%n", Paint.safe(source.text()));
    if (source.text().startsWith("select")) {
      out.printf(
          "                 | its cases: %s, %s%n",
          source.timer() ? "a timer" : "no timer",
          source.done() ? "a context's Done" : "no context's Done");
    }
    source
        .others()
        .forEach(
            other ->
                out.printf(
                    "                 | other end %s:%d  %s%n",
                    Paint.safe(other.file()), other.line(), Paint.safe(other.text())));
  }

  private static String place(@Nullable Frame frame, String otherwise) {
    if (frame == null) {
      return otherwise;
    }
    String position = frame.file() == null ? "" : " " + frame.file() + ":" + frame.line();
    return Paint.safe(frame.function() + position);
  }
}
