package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.PeerGroup;
import dev.tidemark.engine.Peers;
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

  final Id id;
  int members;
  private final Map<String, WorkloadPanes> panes = new TreeMap<>();
  private final Map<String, PeerGroup> groups = new TreeMap<>();
  private long lastTaught;

  WorkloadState(Id id, long slot) {
    this.id = id;
    this.lastTaught = slot;
  }

  @Nullable Prior prior(String signal, long slot) {
    WorkloadPanes known = panes.get(signal);
    return known == null ? null : known.prior(slot);
  }

  /** The group of a signal, to which every member's sample of a slot is added. */
  PeerGroup group(String signal, JudgeConfig config) {
    return groups.computeIfAbsent(signal, s -> new PeerGroup(config));
  }

  @Nullable Peers peers(String signal, long slot) {
    PeerGroup group = groups.get(signal);
    return group == null ? null : group.peers(slot);
  }

  void teach(String signal, long slot, double value) {
    panes.computeIfAbsent(signal, s -> new WorkloadPanes()).admit(slot, value);
    lastTaught = slot;
  }

  /** Whether there is nothing left of what it was taught; its targets may hold it still. */
  boolean isForgotten(long slot) {
    return panes.isEmpty() || slot - lastTaught >= KEPT_MILLIS;
  }

  boolean wasTaught() {
    return !panes.isEmpty() || groups.values().stream().anyMatch(g -> !g.isEmpty());
  }

  long lastTaught() {
    return lastTaught;
  }

  /** Takes over what another of the same name was taught. */
  void takeFrom(WorkloadState other) {
    panes.putAll(other.panes);
    groups.putAll(other.groups);
    lastTaught = other.lastTaught;
  }

  void write(BlockOutput out) throws IOException {
    int begin = out.beginSection(FleetBlocks.WORKLOAD);
    id.write(out);
    out.writeLong(lastTaught);
    out.endSection(begin);
    for (Map.Entry<String, WorkloadPanes> entry : panes.entrySet()) {
      begin = out.beginSection(FleetBlocks.PANES);
      out.writeUTF(entry.getKey());
      entry.getValue().encode(out);
      out.endSection(begin);
    }
    for (Map.Entry<String, PeerGroup> entry : groups.entrySet()) {
      if (!entry.getValue().isEmpty()) {
        begin = out.beginSection(FleetBlocks.PEERS);
        out.writeUTF(entry.getKey());
        entry.getValue().encode(out);
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
        read.panes.put(body.readUTF(), WorkloadPanes.decode(body));
      } else if (section.type() == FleetBlocks.PEERS && read != null) {
        read.groups.put(body.readUTF(), PeerGroup.decode(body, config));
      }
    }
    if (read == null) {
      throw new IOException("a workload without a name");
    }
    return read;
  }
}
