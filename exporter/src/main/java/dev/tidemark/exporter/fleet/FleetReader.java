package dev.tidemark.exporter.fleet;

import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.StateReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the blocks that {@link FleetBlocks} wrote, for the same shape. */
public final class FleetReader implements StateReader<FleetReader.Part, Fleet> {
  /** What a block holds. */
  public sealed interface Part {}

  record Times(List<Fleet.Clock> clocks) implements Part {}

  record Targets(List<TargetState.Learnt> targets) implements Part {}

  record Counts(List<Restarts.Entry> entries) implements Part {}

  record Workloads(List<WorkloadState> workloads) implements Part {}

  private final FleetShape shape;
  private final FleetListener listener;

  public FleetReader(FleetShape shape, FleetListener listener) {
    this.shape = shape;
    this.listener = listener;
  }

  private interface Entry<T> {
    T read(BlockInput in) throws IOException;
  }

  @Override
  public Optional<Part> block(int kind, BlockInput in) throws IOException {
    return switch (kind) {
      case FleetBlocks.CLOCK -> Optional.of(new Times(entries(in, Fleet.Clock::read)));
      case FleetBlocks.TARGETS ->
          Optional.of(new Targets(entries(in, entry -> TargetState.Learnt.read(entry, shape))));
      case FleetBlocks.WORKLOADS ->
          Optional.of(new Workloads(entries(in, i -> WorkloadState.read(i, shape.judge()))));
      case FleetBlocks.RESTARTS -> Optional.of(new Counts(entries(in, Restarts.Entry::read)));
      default -> Optional.empty();
    };
  }

  private static <T> List<T> entries(BlockInput in, Entry<T> entry) throws IOException {
    int count = in.readCount();
    List<T> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      read.add(entry.read(in.nextSection().body()));
    }
    return read;
  }

  @Override
  public Fleet state(long slot, List<Part> parts) throws IOException {
    Fleet fleet = new Fleet(shape, listener);
    for (Part part : parts) {
      if (part instanceof Times times) {
        times.clocks().forEach(fleet::goOnFrom);
      } else if (part instanceof Targets targets) {
        for (TargetState.Learnt target : targets.targets()) {
          fleet.census.restore(target);
        }
      } else if (part instanceof Counts counts) {
        counts.entries().forEach(fleet.ward.restarts()::restore);
      } else if (part instanceof Workloads workloads) {
        for (WorkloadState workload : workloads.workloads()) {
          fleet.census.restore(workload);
        }
      }
    }
    if (fleet.lastSlot() != slot) {
      throw new IOException("the blocks are of " + fleet.lastSlot() + ", the header of " + slot);
    }
    return fleet;
  }
}
