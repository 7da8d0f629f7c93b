package dev.tidemark.exporter.fleet;

import dev.tidemark.exporter.checkpoint.Block;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a fleet in blocks, in one order, so that equal fleets write equal bytes. What is not
 * learnt is left out: targets without a series and the limits are told again by the first chunk.
 */
final class FleetBlocks {
  /** Kinds of blocks. */
  static final int CLOCK = 1;

  static final int TARGETS = 2;
  static final int WORKLOADS = 3;
  static final int RESTARTS = 4;

  /** Sections of a target; a later release may add some that can be done without. */
  static final int TARGET = 1;

  static final int SERIES = 2;

  static final int HEALTH = 3;

  static final int FORECAST = 4;

  /** Sections of a series. */
  static final int JUDGE = 1;

  static final int JUDGEMENT = 2;

  /** Sections of a workload. */
  static final int WORKLOAD = 1;

  static final int PANES = 2;

  static final int PEERS = 3;

  /** Targets or workloads a block: some megabytes, which is what is made and read at a time. */
  private static final int TOGETHER = 256;

  private FleetBlocks() {}

  private interface Entry {
    void write(BlockOutput out) throws IOException;
  }

  private record Made(int kind, List<Entry> entries) implements Block {
    @Override
    public void write(BlockOutput out) throws IOException {
      out.writeInt(entries.size());
      for (Entry entry : entries) {
        int begin = out.beginSection(kind);
        entry.write(out);
        out.endSection(begin);
      }
    }
  }

  static List<Block> of(
      Fleet.Clock clock,
      Collection<TargetState> targets,
      Collection<WorkloadState> workloads,
      Restarts restarts) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Made(CLOCK, List.of(clock::write)));
    List<Entry> learnt =
        targets.stream()
            .filter(TargetState::hasSeries)
            .<Entry>map(t -> out -> write(t, out))
            .toList();
    List<Entry> taught =
        workloads.stream().filter(WorkloadState::wasTaught).<Entry>map(w -> w::write).toList();
    cut(TARGETS, learnt, blocks);
    cut(WORKLOADS, taught, blocks);
    cut(RESTARTS, restarts.entries().stream().<Entry>map(e -> e::write).toList(), blocks);
    return blocks;
  }

  private static void cut(int kind, List<Entry> entries, List<Block> into) {
    for (int from = 0; from < entries.size(); from += TOGETHER) {
      int to = Math.min(from + TOGETHER, entries.size());
      into.add(new Made(kind, entries.subList(from, to)));
    }
  }

  private static void write(TargetState target, BlockOutput out) throws IOException {
    int begin = out.beginSection(TARGET);
    target.write(out);
    out.endSection(begin);
    begin = out.beginSection(HEALTH);
    target.health.write(out);
    out.endSection(begin);
    for (@Nullable SeriesState series : target.series) {
      if (series != null) {
        begin = out.beginSection(SERIES);
        series.write(out);
        out.endSection(begin);
        if (series.forecaster != null) {
          begin = out.beginSection(FORECAST);
          series.forecaster.encode(out);
          out.endSection(begin);
        }
      }
    }
  }
}
