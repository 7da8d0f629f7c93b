package dev.tidemark.signals.metric;

/** Metrics of others that rules select directly, beside the expressions of the catalogue. */
public final class SourceMetrics {
  /** What every client_golang exposes, so what says that a target is a Go process. */
  public static final String GO_INFO = "go_info";

  public static final String WORKING_SET = "container_memory_working_set_bytes";
  public static final String SPEC_MEMORY_LIMIT = "container_spec_memory_limit_bytes";

  /** {resource}. */
  public static final String POD_LIMITS = "kube_pod_container_resource_limits";

  public static final String RSS = "process_resident_memory_bytes";
  public static final String GOMEMLIMIT = "go_gc_gomemlimit_bytes";

  /** All that Go's runtime got of the system, and what of its heap it gave back. */
  public static final String GO_SYS = "go_memstats_sys_bytes";

  public static final String GO_HEAP_RELEASED = "go_memstats_heap_released_bytes";

  /** {owner_kind, owner_name, owner_is_controller}. */
  public static final String POD_OWNER = "kube_pod_owner";

  /** When the process started, in seconds; every client library has it. */
  public static final String PROCESS_START = "process_start_time_seconds";

  public static final String PROCESS_CPU = "process_cpu_seconds_total";

  /** When a ReplicaSet was made, so when a Deployment got a new pod template. */
  public static final String REPLICASET_CREATED = "kube_replicaset_created";

  /** {owner_kind, owner_name}. */
  public static final String REPLICASET_OWNER = "kube_replicaset_owner";

  /** {alertname, alertstate} and the labels of the alert: what Prometheus itself writes. */
  public static final String ALERTS = "ALERTS";

  /** Of each scrape, by Prometheus itself. */
  public static final String SCRAPE_DURATION = "scrape_duration_seconds";

  public static final String SCRAPE_SAMPLES = "scrape_samples_scraped";

  private SourceMetrics() {}
}
