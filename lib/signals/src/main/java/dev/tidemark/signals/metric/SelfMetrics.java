package dev.tidemark.signals.metric;

import java.util.List;

/**
 * What the exporter tells of itself on {@code /metrics/self}, and the webhook on {@code /metrics}.
 * Names stand as they are scraped, so counters end in {@code _total}.
 */
public final class SelfMetrics {
  /** {version}: constant 1, on every program. */
  public static final String BUILD_INFO = "tidemark_build_info";

  /** 1 where the last reload was good. On every server. */
  public static final String CONFIG_GOOD = "tidemark_config_last_reload_successful";

  /** When the configuration in force was read. On every server. */
  public static final String CONFIG_LOADED =
      "tidemark_config_last_reload_success_timestamp_seconds";

  // exporter

  /** {source}: when a source last gave a whole answer. */
  public static final String SOURCE_LAST_SUCCESS = "tidemark_source_last_success_timestamp_seconds";

  /** {source}: the last slot of the grid that was judged. */
  public static final String SOURCE_LAST_SLOT = "tidemark_source_last_slot_timestamp_seconds";

  /** {source, reason}: answers that were not used. */
  public static final String SOURCE_FAILURES = "tidemark_source_failures_total";

  /** {source}: samples taken in. */
  public static final String SOURCE_SAMPLES = "tidemark_source_samples_total";

  /** {signal}: series judged now. */
  public static final String SERIES = "tidemark_series";

  /** Workloads whose history is held. */
  public static final String WORKLOADS = "tidemark_workloads";

  /** {reason}: series turned away at a bound. */
  public static final String SERIES_REFUSED = "tidemark_series_refused_total";

  /** {reason}: samples turned away: out of order, duplicated, not a number. */
  public static final String SAMPLES_REFUSED = "tidemark_samples_refused_total";

  /** 0 to 1. */
  public static final String BACKFILL_PROGRESS = "tidemark_backfill_progress_ratio";

  /** A histogram: one pass over all series. */
  public static final String EVALUATION_DURATION = "tidemark_evaluation_duration_seconds";

  /** CPU time of those passes, of all processors. */
  public static final String EVALUATION_CPU = "tidemark_evaluation_cpu_seconds_total";

  /** When the snapshot that is served was made. */
  public static final String SNAPSHOT_TIME = "tidemark_snapshot_timestamp_seconds";

  /** Slots of the grid that came too late to be judged. */
  public static final String SLOTS_MISSED = "tidemark_slots_missed_total";

  /** {source}: when a state of it was sealed on disk last. */
  public static final String CHECKPOINT_LAST_SUCCESS =
      "tidemark_checkpoint_last_success_timestamp_seconds";

  /** {source}: size of the segment that was sealed last. */
  public static final String CHECKPOINT_BYTES = "tidemark_checkpoint_bytes";

  /** {source}: how long sealing it took. */
  public static final String CHECKPOINT_DURATION = "tidemark_checkpoint_duration_seconds";

  /** {source}: segments that could not be written. */
  public static final String CHECKPOINT_FAILURES = "tidemark_checkpoint_failures_total";

  /** {source, reason}: segments that were not opened. */
  public static final String CHECKPOINT_SET_ASIDE = "tidemark_checkpoint_set_aside_total";

  /** {source}: learnt again because a pass failed in the middle. */
  public static final String STARTED_OVER = "tidemark_source_started_over_total";

  // webhook

  /** {code}: requests answered, by HTTP status. */
  public static final String NOTIFICATIONS = "tidemark_webhook_notifications_total";

  /** A histogram: from the first byte of a notification to its answer. */
  public static final String NOTIFICATION_DURATION = "tidemark_webhook_notification_seconds";

  /** Bytes of the bodies that were read. */
  public static final String NOTIFICATION_BYTES = "tidemark_webhook_notification_bytes_total";

  /** {reason}: bodies that can never be taken in, or were too large. */
  public static final String NOTIFICATIONS_REFUSED = "tidemark_webhook_notifications_refused_total";

  /** {reason}: notifications answered 503, so that Alertmanager sends them again. */
  public static final String NOTIFICATIONS_NOT_STORED =
      "tidemark_webhook_notifications_not_stored_total";

  /** {duplicate="true"|"false"}: notifications on disk. */
  public static final String RECEIPTS = "tidemark_webhook_receipts_total";

  /** {status}: alerts inside the receipts, firing or resolved. */
  public static final String ALERTS = "tidemark_webhook_alerts_total";

  /** {outcome}: episodes that ended. */
  public static final String EPISODES = "tidemark_webhook_episodes_total";

  /** {status}: episodes that are open now. */
  public static final String EPISODES_OPEN = "tidemark_webhook_episodes_open";

  /** {step, outcome}: steps that ended; step is one of {@link #STEP_KINDS}. */
  public static final String STEPS = "tidemark_webhook_steps_total";

  /** The kinds of steps there are. */
  public static final List<String> STEP_KINDS = List.of("pprof", "diagnose", "http", "notify");

  /** Those of them that change what runs. */
  public static final List<String> ACTING_STEP_KINDS = List.of("http");

  /** Those that save evidence. */
  public static final List<String> EVIDENCE_STEP_KINDS = List.of("pprof", "diagnose");

  /** {step}: a histogram, from intent to outcome. */
  public static final String STEP_DURATION = "tidemark_webhook_step_seconds";

  /** {decision, reason}: what the policy answered: run, wait or refuse. */
  public static final String DECISIONS = "tidemark_webhook_decisions_total";

  /** 1 while an operator holds all steps back. */
  public static final String PAUSED = "tidemark_webhook_paused";

  /** Bytes of evidence on disk. */
  public static final String EVIDENCE_BYTES = "tidemark_webhook_evidence_bytes";

  /** A histogram: one durable write of the journal. */
  public static final String JOURNAL_SYNC = "tidemark_webhook_journal_sync_seconds";

  /** Executions that are due and wait for a worker. */
  public static final String QUEUE_LENGTH = "tidemark_webhook_queue_length";

  /** {destination, reason}: outgoing calls that failed. On every server. */
  public static final String OUTGOING_FAILURES = "tidemark_outgoing_failures_total";

  private SelfMetrics() {}
}
