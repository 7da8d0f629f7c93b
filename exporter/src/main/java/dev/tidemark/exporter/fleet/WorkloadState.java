package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Prior;
import dev.tidemark.engine.WorkloadPanes;
import dev.tidemark.signals.target.Workload;
import java.io.DataOutput;
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
  }

  final Id id;
  int members;
  private final Map<String, WorkloadPanes> panes = new TreeMap<>();
  private long lastTaught;

  WorkloadState(Id id, long slot) {
    this.id = id;
    this.lastTaught = slot;
  }

  @Nullable Prior prior(String signal, long slot) {
    WorkloadPanes known = panes.get(signal);
    return known == null ? null : known.prior(slot);
  }

  void teach(String signal, long slot, double value) {
    panes.computeIfAbsent(signal, s -> new WorkloadPanes()).admit(slot, value);
    lastTaught = slot;
  }

  /** Whether there is nothing left of what it was taught; its targets may hold it still. */
  boolean isForgotten(long slot) {
    return panes.isEmpty() || slot - lastTaught >= KEPT_MILLIS;
  }

  void encode(DataOutput out) throws IOException {
    out.writeUTF(id.cluster());
    out.writeUTF(id.namespace());
    out.writeUTF(id.name());
    for (Map.Entry<String, WorkloadPanes> entry : panes.entrySet()) {
      out.writeUTF(entry.getKey());
      entry.getValue().encode(out);
    }
  }
}
