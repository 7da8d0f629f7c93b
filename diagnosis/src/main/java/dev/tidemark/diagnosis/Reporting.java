package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes reports in the form that was asked for: a record as JSON, what a text writer makes of it
 * for people, and the same on a page as HTML.
 */
record Reporting(Output output, String title) {
  /** Writes them and returns the exit code. */
  <T extends Record> int write(List<T> reports, BiConsumer<T, Print> text, List<Finding> findings)
      throws IOException {
    PrintWriter out = output.out();
    switch (output.format()) {
      case text -> text(reports, text, new Print(out, output.paint()));
      case json -> new RecordJson(out).write(reports);
      case html -> html(reports, text, findings, out);
    }
    out.flush();
    return output.exitCode(
        findings.stream().map(Finding::verdict).max(Verdict::compareTo).orElse(Verdict.NORMAL));
  }

  private static <T extends Record> void text(
      List<T> reports, BiConsumer<T, Print> text, Print print) {
    for (int i = 0; i < reports.size(); i++) {
      if (i > 0) {
        print.line("");
      }
      text.accept(reports.get(i), print);
    }
  }

  private <T extends Record> void html(
      List<T> reports, BiConsumer<T, Print> text, List<Finding> findings, PrintWriter out) {
    StringWriter plain = new StringWriter();
    PrintWriter writer = new PrintWriter(plain);
    text(reports, text, new Print(writer, new Paint(false)));
    writer.flush();
    try (HtmlPage page = new HtmlPage(out, title)) {
      page.heading(title);
      page.table(List.of("verdict", "finding", "reason"));
      findings.forEach(
          finding -> page.row(finding.verdict(), List.of(finding.id(), finding.reason())));
      page.endTable();
      page.preformatted(plain.toString());
    }
  }
}
