package dev.tidemark.signals.metric;

/**
 * Metrics of others that rules select directly, beside the expressions of the catalogue; and some
 * of those, by which the tests of rules bring a signal about.
 */
public final class SourceMetrics {
  // Prometheus itself

  /** 1 where the last scrape of a target was good. */
  public static final String UP = "up";

  /** Of each scrape. */
  public static final String SCRAPE_DURATION = "scrape_duration_seconds";

  public static final String SCRAPE_SAMPLES = "scrape_samples_scraped";

  /** {alertname, alertstate} and the labels of the alert. */
  public static final String ALERTS = "ALERTS";

  // client_golang

  /** What every client_golang exposes, so what says that a target is a Go process. */
  public static final String GO_INFO = "go_info";

  public static final String RSS = "process_resident_memory_bytes";
  public static final String GOMEMLIMIT = "go_gc_gomemlimit_bytes";

  /** All that Go's runtime got of the system, and what of its heap it gave back. */
  public static final String GO_SYS = "go_memstats_sys_bytes";

  public static final String GO_HEAP_RELEASED = "go_memstats_heap_released_bytes";
  public static final String GOROUTINES = "go_goroutines";
  public static final String GOMAXPROCS = "go_sched_gomaxprocs_threads";

  /** When the process started, in seconds; every client library has it. */
  public static final String PROCESS_START = "process_start_time_seconds";

  public static final String PROCESS_CPU = "process_cpu_seconds_total";
  public static final String OPEN_FDS = "process_open_fds";
  public static final String MAX_FDS = "process_max_fds";

  /** The collector's share of the CPU; each opt-in. */
  public static final String CPU_GC = "go_cpu_classes_gc_total_cpu_seconds_total";

  public static final String CPU_ALL = "go_cpu_classes_total_cpu_seconds_total";
  public static final String CPU_IDLE = "go_cpu_classes_idle_cpu_seconds_total";

  /** A summary of the last 256 pauses; its sum and count are counters of all. */
  public static final String GC_DURATION = "go_gc_duration_seconds";

  public static final String GC_DURATION_SUM = "go_gc_duration_seconds_sum";
  public static final String GC_DURATION_COUNT = "go_gc_duration_seconds_count";

  /** A histogram, opt-in, from Go 1.22 on: how long the collector stopped the world. */
  public static final String GC_PAUSES = "go_sched_pauses_total_gc_seconds";

  /** What it was called before, and still is beside it. */
  public static final String GC_PAUSES_BEFORE = "go_gc_pauses_seconds";

  /** The same in client_golang 1.12.0 and 1.12.1. */
  public static final String GC_PAUSES_FIRST = "go_gc_pauses_seconds_total";

  /** The same of OpenTelemetry. */
  public static final String GC_PAUSES_OTEL = "go_memory_gc_pause_duration_seconds";

  /** A histogram, opt-in: how long goroutines that could run waited for a CPU. */
  public static final String SCHED_LATENCIES = "go_sched_latencies_seconds";

  /** The same of OpenTelemetry. */
  public static final String SCHED_LATENCIES_OTEL = "go_schedule_duration_seconds";

  /** Opt-in. */
  public static final String MUTEX_WAIT = "go_sync_mutex_wait_total_seconds_total";

  // cAdvisor, by the kubelet

  public static final String WORKING_SET = "container_memory_working_set_bytes";
  public static final String SPEC_MEMORY_LIMIT = "container_spec_memory_limit_bytes";

  /** The kernel's high-water mark since the container started. */
  public static final String PEAK_MEMORY = "container_memory_max_usage_bytes";

  public static final String CONTAINER_START = "container_start_time_seconds";
  public static final String OOM_EVENTS = "container_oom_events_total";
  public static final String THROTTLED_PERIODS = "container_cpu_cfs_throttled_periods_total";
  public static final String CPU_PERIODS = "container_cpu_cfs_periods_total";
  public static final String CPU_QUOTA = "container_spec_cpu_quota";
  public static final String CPU_PERIOD = "container_spec_cpu_period";

  /** {node}: the kubelet itself, and which node it is of. */
  public static final String KUBELET_NODE = "kubelet_node_name";

  // kube-state-metrics

  /** {resource}. */
  public static final String POD_LIMITS = "kube_pod_container_resource_limits";

  /** {resource}. */
  public static final String POD_REQUESTS = "kube_pod_container_resource_requests";

  /** {node}. */
  /** {phase}: 1 of the phase that the pod is in. */
  public static final String POD_PHASE = "kube_pod_status_phase";

  public static final String POD_INFO = "kube_pod_info";

  /** {owner_kind, owner_name, owner_is_controller}. */
  public static final String POD_OWNER = "kube_pod_owner";

  /** When a ReplicaSet was made, so when a Deployment got a new pod template. */
  public static final String REPLICASET_CREATED = "kube_replicaset_created";

  /** {owner_kind, owner_name}. */
  public static final String REPLICASET_OWNER = "kube_replicaset_owner";

  public static final String RESTARTS = "kube_pod_container_status_restarts_total";

  /** {reason}: 1 for the reason of the last end; it stays until the next. */
  public static final String LAST_TERMINATED_REASON =
      "kube_pod_container_status_last_terminated_reason";

  /** {node, condition, status}. */
  public static final String NODE_CONDITION = "kube_node_status_condition";

  /** {node}: 1 while it is cordoned. */
  public static final String NODE_CORDONED = "kube_node_spec_unschedulable";

  // Alertmanager

  /** {integration, and from 0.28 on reason}: notifications that it gave up. */
  public static final String NOTIFICATIONS_FAILED = "alertmanager_notifications_failed_total";

  private SourceMetrics() {}
}
