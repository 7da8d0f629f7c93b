package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.PeerGroup;
import dev.tidemark.engine.Prior;
import dev.tidemark.engine.WorkloadPanes;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.signals.target.Workload;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the members of a workload taught over the last seven days, by signal. */
final class WorkloadState {
  /** How long the panes keep what they were taught. */
  private static final long KEPT_MILLIS = 7L * 24 * 3_600_000;

  /**
   * What makes a workload one. Not what kind of controller it is: that is known only while
   * kube-state-metrics answers, and a workload must not change its name when it does not.
   */
  record Id(String cluster, String namespace, String name) implements Comparable<Id> {
    static Id of(Workload workload) {
      return new Id(workload.cluster(), workload.namespace(), workload.name());
    }

    @Override
    public int compareTo(Id other) {
      int byCluster = cluster.compareTo(other.cluster);
      int byNamespace = namespace.compareTo(other.namespace);
      return byCluster != 0
          ? byCluster
          : byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    void write(BlockOutput out) {
      out.writeUTF(cluster);
      out.writeUTF(namespace);
      out.writeUTF(name);
    }

    static Id read(BlockInput in) throws IOException {
      return new Id(in.readUTF(), in.readUTF(), in.readUTF());
    }
  }

  /** What is known of one signal. */
  static final class Lore {
    /** Null until somebody teaches. */
    private @Nullable WorkloadPanes panes;

    /** To which every member's sample of a slot is added. */
    final PeerGroup group;

    Lore(PeerGroup group) {
      this.group = group;
    }

    /** Null where nothing was taught. */
    @Nullable Prior prior(long slot) {
      return panes == null ? null : panes.prior(slot);
    }
  }

  final Id id;
  int members;
  private final Map<String, Lore> lores = new TreeMap<>();
  private long lastTaught;

  WorkloadState(Id id, long slot) {
    this.id = id;
    this.lastTaught = slot;
  }

  Lore lore(String signal, JudgeConfig config) {
    return lores.computeIfAbsent(signal, s -> new Lore(new PeerGroup(config)));
  }

  /** Null where nothing was taught of the signal. */
  @Nullable Prior prior(String signal, long slot) {
    Lore known = lores.get(signal);
    return known == null ? null : known.prior(slot);
  }

  /** Takes in the samples of a slot that some members teach, of one signal of this workload. */
  void teach(Lore lore, long slot, double[] values, int count) {
    WorkloadPanes panes = lore.panes;
    if (panes == null) {
      panes = new WorkloadPanes();
      lore.panes = panes;
    }
    for (int i = 0; i < count; i++) {
      panes.admit(slot, values[i]);
    }
    lastTaught = Math.max(lastTaught, slot);
  }

  /** From when on there is nothing left of what it was taught; its targets may hold it still. */
  long forgottenAt() {
    boolean taught = lores.values().stream().anyMatch(lore -> lore.panes != null);
    return taught ? lastTaught + KEPT_MILLIS : Long.MIN_VALUE;
  }

  boolean wasTaught() {
    return lores.values().stream().anyMatch(lore -> lore.panes != null || !lore.group.isEmpty());
  }

  long lastTaught() {
    return lastTaught;
  }

  /** Takes over what another of the same name was taught. */
  void takeFrom(WorkloadState other) {
    lores.putAll(other.lores);
    lastTaught = other.lastTaught;
  }

  void write(BlockOutput out) throws IOException {
    int begin = out.beginSection(FleetBlocks.WORKLOAD);
    id.write(out);
    out.writeLong(lastTaught);
    out.endSection(begin);
    for (Map.Entry<String, Lore> entry : lores.entrySet()) {
      if (entry.getValue().panes != null) {
        begin = out.beginSection(FleetBlocks.PANES);
        out.writeUTF(entry.getKey());
        entry.getValue().panes.encode(out);
        out.endSection(begin);
      }
    }
    for (Map.Entry<String, Lore> entry : lores.entrySet()) {
      if (!entry.getValue().group.isEmpty()) {
        begin = out.beginSection(FleetBlocks.PEERS);
        out.writeUTF(entry.getKey());
        entry.getValue().group.encode(out);
        out.endSection(begin);
      }
    }
  }

  static WorkloadState read(BlockInput in, JudgeConfig config) throws IOException {
    WorkloadState read = null;
    while (in.hasMore()) {
      BlockInput.Section section = in.nextSection();
      BlockInput body = section.body();
      if (section.type() == FleetBlocks.WORKLOAD) {
        read = new WorkloadState(Id.read(body), body.readLong());
      } else if (section.type() == FleetBlocks.PANES && read != null) {
        read.lore(body.readUTF(), config).panes = WorkloadPanes.decode(body);
      } else if (section.type() == FleetBlocks.PEERS && read != null) {
        String signal = body.readUTF();
        Lore known = read.lore(signal, config);
        Lore lore = new Lore(PeerGroup.decode(body, config));
        lore.panes = known.panes;
        read.lores.put(signal, lore);
      }
    }
    if (read == null) {
      throw new IOException("a workload without a name");
    }
    return read;
  }
}
