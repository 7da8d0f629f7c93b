package dev.tidemark.diagnosis;

import static dev.tidemark.diagnosis.finding.Quantity.bytes;
import static dev.tidemark.diagnosis.finding.Quantity.count;
import static dev.tidemark.diagnosis.finding.Quantity.digits;
import static dev.tidemark.diagnosis.finding.Quantity.percent;
import static dev.tidemark.diagnosis.finding.Quantity.seconds;

import dev.tidemark.diagnosis.gctrace.GcReport;
import org.jspecify.annotations.Nullable;

/** Writes reports about collections for people. */
final class GctraceText {
  private final Print out;

  GctraceText(Print out) {
    this.out = out;
  }

  void write(GcReport report) {
    out.line(
        "%s: %s collections of %s%s%s%s%s",
        Paint.safe(report.file()),
        count(report.cycles() - report.duplicates()),
        report.processes().size() == 1
            ? "one process"
            : count(report.processes().size()) + " processes",
        report.duplicates() > 0 ? ", " + count(report.duplicates()) + " came twice" : "",
        report.damaged() > 0 ? ", " + count(report.damaged()) + " damaged lines" : "",
        report.leftOut() > 0 ? ", " + count(report.leftOut()) + " of further processes" : "",
        report.truncated() ? " (truncated: the log ends early)" : "");
    for (int i = 0; i < report.processes().size(); i++) {
      if (report.processes().size() > 1) {
        String name = report.processes().get(i).process();
        out.line("process %d%s", i + 1, name == null ? "" : " " + Paint.safe(name));
      }
      process(report.processes().get(i));
    }
  }

  private void process(GcReport.GoProcess process) {
    GcReport.Heap heap = process.heap();
    out.field(
        "collections",
        count(process.cycles())
            + (process.seconds() == null ? "" : " in " + seconds(process.seconds()))
            + when(process.forced() > 0, ", " + count(process.forced()) + " forced")
            + when(process.periodic() > 0, ", " + count(process.periodic()) + " periodic")
            + when(process.intervals().median(), ", half of them %s apart or less"));
    out.field(
        "live heap",
        "%s at first, %s at last, %s at most"
            .formatted(bytes(heap.firstLive()), bytes(heap.lastLive()), bytes(heap.peakLive())));
    out.field(
        "heap",
        bytes(heap.peak())
            + " at most"
            + (heap.peakGoal() == null ? "" : ", goal " + bytes(heap.peakGoal()))
            + (heap.stacks() == null || heap.globals() == null
                ? ""
                : ", stacks " + bytes(heap.stacks()) + ", globals " + bytes(heap.globals()))
            + (heap.allocationRate() == null
                ? ""
                : ", " + bytes(heap.allocationRate().longValue()) + " allocated a second"));
    GcReport.Pauses pauses = process.pauses();
    out.field(
        "pauses",
        "half %s or less, 99 %% %s or less, longest %s, together %s"
            .formatted(
                seconds(pauses.median()),
                seconds(pauses.p99()),
                seconds(pauses.max()),
                seconds(pauses.total())));
    GcReport.Cpu cpu = process.cpu();
    if (cpu.share() != null) {
      out.field(
          "CPU",
          percent(cpu.share())
              + " of "
              + count(process.processors())
              + " processors"
              + (cpu.worst() == null ? "" : ", at worst " + percent(cpu.worst()))
              + (cpu.assists() == null ? "" : ", of it assists " + percent(cpu.assists()))
              + (process.gogcSeen() == null
                  ? ""
                  : ", goals as of GOGC=" + digits(Math.rint(process.gogcSeen()))));
    }
    out.findings(process.findings());
    Double span = process.seconds();
    if (process.cycles() < GcReport.GROWTH_CYCLES
        || (span != null && span < GcReport.GROWTH_SECONDS)) {
      out.line(
          "  whether the live heap grows is not told: that takes %d collections over %s or more",
          GcReport.GROWTH_CYCLES, seconds(GcReport.GROWTH_SECONDS));
    }
    advice(process);
  }

  private void advice(GcReport.GoProcess process) {
    if (!process.costs().isEmpty()) {
      out.line("  %6s  %10s  %14s  %8s", "GOGC", "heap", "collections/s", "GC CPU");
      for (GcReport.Cost cost : process.costs()) {
        out.line(
            "  %6d  %10s  %14s  %8s%s",
            cost.gogc(),
            bytes(cost.peakHeap()),
            digits(cost.cyclesPerSecond()),
            percent(cost.cpuShare()),
            Boolean.FALSE.equals(cost.fits()) ? "  does not fit" : "");
      }
    }
    if (process.lacking() != null) {
      out.line("  no advice and no costs: %s", process.lacking());
    }
    GcReport.Advice advice = process.advice();
    if (advice == null) {
      return;
    }
    Long gomemlimit = advice.gomemlimit();
    out.line(
        gomemlimit == null
            ? "  first a larger limit, this one is too small"
            : "  set GOGC=%d GOMEMLIMIT=%dMiB".formatted(advice.gogc(), gomemlimit >> 20));
    advice.arithmetic().forEach(step -> out.line("    %s", step));
  }

  private static String when(boolean known, String text) {
    return known ? text : "";
  }

  private static String when(@Nullable Double seconds, String form) {
    return seconds == null ? "" : form.formatted(seconds(seconds));
  }
}
