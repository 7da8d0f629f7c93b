package dev.tidemark.signals.target;

/**
 * Targets that do the same work.
 *
 * @param cluster empty where there is none
 * @param namespace empty where there is none
 * @param kind what {@code name} names
 * @param name the value of the label {@code workload}
 */
public record Workload(String cluster, String namespace, Kind kind, String name) {
  /** What a workload's name was taken from. */
  public enum Kind {
    DEPLOYMENT,
    REPLICA_SET,
    STATEFUL_SET,
    DAEMON_SET,
    JOB,
    CRON_JOB,
    NODE,
    /** A controller of a kind we do not know: its name as it stands. */
    OTHER,
    /** The pod's name without hash or ordinal, when nobody told its owner. */
    POD_NAME,
    /** The scrape job, where there is no pod. */
    SCRAPE_JOB,
    /** The values of labels a user chose. */
    LABELS
  }

  public Workload {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a workload has a name");
    }
  }
}
