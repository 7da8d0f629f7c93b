package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Quantity;
import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.flame.FlamePage;
import dev.tidemark.diagnosis.flame.FlameTree;
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
      clusters(page, report, top);
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

  private static void clusters(HtmlPage page, HeapReport report, int top) {
    List<HeapReport.Cluster> clusters =
        report.clusters().stream().filter(HeapReport.Cluster::isOfSeveral).limit(top).toList();
    if (clusters.isEmpty()) {
      return;
    }
    page.heading("Paths that allocate in one function");
    page.table(List.of("", "growth", "objects", "paths", "function", "all of them"));
    for (HeapReport.Cluster cluster : clusters) {
      Long objects = cluster.objects();
      page.row(
          Verdict.NORMAL,
          List.of(
              HeapText.signed(report, cluster.delta()),
              objects == null ? "" : Quantity.count(objects),
              Quantity.count(cluster.ranks().size()),
              HeapText.place(cluster.at()),
              cluster.shared().stream().map(HeapText::place).collect(Collectors.joining("\n"))));
    }
    page.endTable();
  }

  private static List<String> cells(HeapReport report, HeapReport.PathDelta path) {
    Long objects = path.objects();
    return List.of(
        HeapText.signed(report, path.delta()),
        objects == null ? "" : Quantity.count(objects),
        Quantity.percent(path.share()),
        Quantity.count(path.growingOn()),
        path.finding().reason(),
        path.stack().stream().map(HeapText::place).collect(Collectors.joining("\n")));
  }
}
