package dev.tidemark.diagnosis.gctrace;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.input.LineReader;
import dev.tidemark.diagnosis.input.Seeming;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the collections in a log of a Go process that ran with GODEBUG=gctrace=1. */
public final class GcTrace {
  private static final double MIB = 1 << 20;
  private static final int LINE = 16 << 10;

  private GcTrace() {}

  /**
   * Reads a log, which may hold anything else between the lines, and several processes.
   *
   * @throws BadInputException when there is no collection in it
   */
  public static GcReport read(String name, Input in, GcOptions options) throws IOException {
    byte[] head = in.head(Seeming.HEAD);
    Seeming seeming = Seeming.of(head);
    LineReader lines = new LineReader(in, LINE);
    Runs runs = new Runs();
    long cycles = 0;
    long damaged = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      GcLine.Found found = GcLine.find(line, 0);
      int from = 0;
      while (found != null) {
        if (found.cycle() == null) {
          damaged++;
        } else {
          cycles++;
          runs.accept(line.substring(from, found.start()), found.cycle());
        }
        from = found.end();
        found = GcLine.find(line, from);
      }
    }
    if (cycles == 0) {
      String found = damaged > 0 ? "holds only damaged GC trace lines" : seeming.words(head);
      throw BadInputException.wrongFile(
          found, "the output of a Go program run with GODEBUG=gctrace=1");
    }
    List<GcReport.GoProcess> processes = new ArrayList<>();
    for (Run run : runs.all()) {
      processes.add(process(run, options));
    }
    return new GcReport(
        name, cycles, damaged, runs.duplicates(), runs.leftOut(), in.wasCut(), processes);
  }

  private static GcReport.GoProcess process(Run run, GcOptions options) {
    String lacking = GcCosts.lacking(run);
    GcCosts costs = GcCosts.of(run);
    Long limit = options.limit();
    Double room = costs == null || limit == null ? null : GcAdvice.room(costs, limit);
    return new GcReport.GoProcess(
        run.process.isEmpty() ? null : run.process,
        run.form,
        run.cycles,
        run.forced,
        run.periodic,
        known(run.seconds()),
        run.processors,
        heap(run),
        new GcReport.Pauses(
            run.pauses.quantile(0.5) / 1000,
            run.pauses.quantile(0.99) / 1000,
            run.pauses.max() / 1000,
            run.pauseTotal() / 1000),
        new GcReport.Intervals(
            known(run.intervals.quantile(0.5)), known(run.intervals.quantile(0))),
        cpu(run),
        known(run.gogc.quantile(0.5)),
        GcRules.judge(run, options),
        costs == null ? List.of() : costs.table(room),
        lacking,
        costs == null || limit == null ? null : GcAdvice.advise(costs, limit));
  }

  private static GcReport.Heap heap(Run run) {
    boolean roots = run.form == Form.WITH_ROOTS;
    double rate = run.allocationRate() * MIB;
    double growth = run.seconds() >= GcReport.GROWTH_SECONDS ? run.live.growth() * MIB : Double.NaN;
    return new GcReport.Heap(
        bytes(run.firstLive),
        bytes(run.last().live()),
        bytes(run.peakLive),
        bytes(run.peakHeap),
        run.form == Form.STOP_THE_WORLD ? null : bytes(run.peakGoal),
        roots ? bytes(run.peakStacks) : null,
        roots ? bytes(run.peakGlobals) : null,
        known(rate),
        known(growth));
  }

  private static GcReport.Cpu cpu(Run run) {
    double percent = run.last().gcPercent();
    return new GcReport.Cpu(
        known(run.cpuShare()),
        known(run.worstShare > 0 ? run.worstShare : run.cpuShare()),
        known(run.assistShare()),
        known(percent / 100));
  }

  private static long bytes(double mebibytes) {
    return (long) (mebibytes * MIB);
  }

  /** JSON knows no NaN. */
  private static @Nullable Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
