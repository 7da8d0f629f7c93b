package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Quantity;
import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.heap.Frame;
import dev.tidemark.diagnosis.heap.HeapReport;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes what grew for people: the worst paths first, then functions as pprof lists them. */
final class HeapText {
  private static final int FRAMES_SHOWN = 8;

  private final PrintWriter out;
  private final Paint paint;
  private final int top;

  HeapText(PrintWriter out, Paint paint, int top) {
    this.out = out;
    this.paint = paint;
    this.top = top;
  }

  void write(HeapReport report, @Nullable Per per) {
    for (HeapReport.Node node : report.nodes()) {
      out.printf("%s -> %s%n", Paint.safe(node.base()), Paint.safe(node.target()));
    }
    HeapReport.Total total = report.total();
    Double seconds = report.seconds();
    out.printf(
        "%s: %s -> %s (%s%s)%n",
        Paint.safe(report.sampleType()),
        amount(report, total.base()),
        amount(report, total.target()),
        paint.bold(signed(report, total.delta())),
        seconds == null
            ? ""
            : String.format(Locale.ROOT, seconds < 10 ? " in %.1f s" : " in %,.0f s", seconds));
    List<HeapReport.PathDelta> growing =
        report.paths().stream()
            .filter(path -> path.delta() > 0)
            .sorted(
                Comparator.comparing((HeapReport.PathDelta path) -> path.finding().verdict())
                    .reversed())
            .toList();
    for (HeapReport.PathDelta path : growing.subList(0, Math.min(top, growing.size()))) {
      path(report, path, per);
    }
    if (growing.size() > top) {
      out.printf("and %s more growing paths%n", Quantity.count(growing.size() - top));
    }
    report.clusters().stream()
        .filter(HeapReport.Cluster::isOfSeveral)
        .limit(top)
        .forEach(cluster -> cluster(report, cluster));
    functions(report);
  }

  private void path(HeapReport report, HeapReport.PathDelta path, @Nullable Per per) {
    Verdict verdict = path.finding().verdict();
    String rate =
        per == null
            ? ""
            : ", " + signed(report, Math.round(per.of(path.delta()))) + " per " + per.unit();
    out.printf(
        "%s  %12s%s  %s%n",
        paint.verdict(verdict, "%-7s".formatted(verdict.text())),
        signed(report, path.delta()),
        rate,
        Paint.safe(path.finding().reason()));
    if (verdict == Verdict.NORMAL) {
      path.stack().stream().findFirst().ifPresent(this::frame);
      return;
    }
    path.stack().stream().limit(FRAMES_SHOWN).forEach(this::frame);
    if (path.stack().size() > FRAMES_SHOWN) {
      out.printf("           … %d more frames%n", path.stack().size() - FRAMES_SHOWN);
    }
  }

  /** Of many callers of one function no path need be large. */
  private void cluster(HeapReport report, HeapReport.Cluster cluster) {
    Long objects = cluster.objects();
    out.printf(
        "together %11s%s  by %s paths that allocate in one function%n",
        signed(report, cluster.delta()),
        objects == null ? "" : " in " + Quantity.count(objects) + " objects",
        Quantity.count(cluster.ranks().size()));
    frame(cluster.at());
  }

  private void frame(Frame frame) {
    out.printf("           %s%n", Paint.safe(place(frame)));
  }

  static String place(Frame frame) {
    return frame.file().isEmpty()
        ? frame.function()
        : frame.function() + " " + frame.file() + ":" + frame.line();
  }

  private void functions(HeapReport report) {
    if (report.functions().isEmpty()) {
      out.println("nothing changed");
      return;
    }
    out.printf("%n%14s %14s  %s%n", "flat", "cum", "function");
    report.functions().stream()
        .limit(top)
        .forEach(
            function ->
                out.printf(
                    "%14s %14s  %s%n",
                    signed(report, function.flatDelta()),
                    signed(report, function.cumDelta()),
                    Paint.safe(function.function())));
    if (report.functions().size() > top) {
      out.printf("and %s more functions%n", Quantity.count(report.functions().size() - top));
    }
  }

  static String signed(HeapReport report, long value) {
    return (value > 0 ? "+" : "") + amount(report, value);
  }

  static String amount(HeapReport report, long value) {
    return report.unit().equals("bytes")
        ? Quantity.bytes(value)
        : Quantity.count(value)
            + (report.unit().equals("count") ? "" : " " + Paint.safe(report.unit()));
  }
}
