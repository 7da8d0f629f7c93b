package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Verdict;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Lines of reports for people; what comes from files has been made safe. */
final class Print {
  private final PrintWriter out;
  private final Paint paint;

  Print(PrintWriter out, Paint paint) {
    this.out = out;
    this.paint = paint;
  }

  void line(String form, Object... values) {
    out.println(String.format(Locale.ROOT, form, values).stripTrailing());
  }

  /** A name before a value, so that values stand below one another. */
  void field(String name, String value) {
    line("  %-12s %s", name, value);
  }

  /** The worst first, each with its page's name. */
  void findings(List<Finding> findings) {
    if (findings.isEmpty()) {
      line("  nothing found");
    }
    findings.stream()
        .sorted(Comparator.comparing(Finding::verdict).reversed())
        .forEach(
            finding ->
                line("  %s %s: %s", verdict(finding.verdict()), finding.id(), finding.reason()));
  }

  /** In its colour, so wide that what follows stands in a column. */
  String verdict(Verdict verdict) {
    return paint.verdict(verdict, "%-7s".formatted(verdict.text()));
  }
}
