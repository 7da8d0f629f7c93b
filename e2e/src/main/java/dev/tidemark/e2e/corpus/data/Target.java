package dev.tidemark.e2e.corpus.data;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One recorded pod and what is true of it.
 *
 * @param labels of its series, without the replica
 * @param behaviour its name
 * @param text what it does, in words
 * @param twice whether two replicas of Prometheus recorded it
 * @param leak null where it is healthy
 */
public record Target(
    String pod,
    String workload,
    Map<String, String> labels,
    String behaviour,
    String text,
    long seed,
    Part part,
    boolean twice,
    @Nullable Leak leak) {
  public Target {
    labels = new TreeMap<>(labels);
  }

  /** The same with what became known of its leak. */
  public Target with(@Nullable Leak known) {
    return new Target(pod, workload, labels, behaviour, text, seed, part, twice, known);
  }
}
