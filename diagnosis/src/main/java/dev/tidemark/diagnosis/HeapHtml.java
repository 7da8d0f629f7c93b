package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Quantity;
import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.flame.FlamePage;
import dev.tidemark.diagnosis.flame.FlameTree;
import dev.tidemark.diagnosis.heap.Frame;
import dev.tidemark.diagnosis.heap.HeapReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what grew as one page that can be kept or sent. */
final class HeapHtml {
  private HeapHtml() {}

  static void write(PrintWriter out, HeapReport report, FlameTree tree, int top) {
    try (HtmlPage page = new HtmlPage(out, "Heap growth")) {
      page.heading(report.sampleType() + " " + HeapText.signed(report, report.total().delta()));
      for (HeapReport.Node node : report.nodes()) {
        page.paragraph(
            node.base() + " to " + node.target() + ": " + HeapText.signed(report, node.delta()));
      }
      page.table(List.of("verdict", "growth", "objects", "share", "nodes", "reason", "stack"));
      report.paths().stream()
          .limit(top)
          .filter(path -> path.delta() > 0)
          .forEach(path -> page.row(path.finding().verdict(), cells(report, path)));
      page.endTable();
      page.heading("As wide as now; red grew, blue shrank");
      FlamePage.drawing(out, tree);
      page.heading("Functions");
      page.table(List.of("", "flat", "cumulative", "function"));
      report.functions().stream()
          .limit(top)
          .forEach(
              function ->
                  page.row(
                      Verdict.NORMAL,
                      List.of(
                          HeapText.signed(report, function.flatDelta()),
                          HeapText.signed(report, function.cumDelta()),
                          function.function())));
      page.endTable();
    }
  }

  private static List<String> cells(HeapReport report, HeapReport.PathDelta path) {
    Long objects = path.objects();
    return List.of(
        HeapText.signed(report, path.delta()),
        objects == null ? "" : Quantity.count(objects),
        Quantity.percent(path.share()),
        Quantity.count(path.growingOn()),
        path.finding().reason(),
        path.stack().stream().map(HeapHtml::place).collect(Collectors.joining("\n")));
  }

  private static String place(Frame frame) {
    return frame.file().isEmpty()
        ? frame.function()
        : frame.function() + " " + frame.file() + ":" + frame.line();
  }
}
