package dev.tidemark.exporter.fake;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongToDoubleFunction;

/** Writes what Go services expose into a recording, scraped every 30 s. */
public final class Scene {
  /** A grid slot. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  public static final long STEP = 30_000;

  private final Recording recording;

  public Scene(Recording recording) {
    this.recording = recording;
  }

  /** The labels of a target without Kubernetes. */
  public static Map<String, String> target(String job, String instance) {
    return Map.of("job", job, "instance", instance);
  }

  /** The labels of a target that is a pod. */
  public static Map<String, String> pod(String pod) {
    return Map.of(
        "namespace", "pay", "pod", pod, "container", "app", "job", "pods", "instance", pod + ":80");
  }

  /** Goroutines of a target from a slot to another, both included, five seconds before each. */
  public void runs(
      Map<String, String> labels, long from, long to, LongToDoubleFunction goroutines) {
    Map<String, String> info = new HashMap<>(labels);
    info.put("version", "go1.24");
    for (long slot = from; slot <= to; slot++) {
      long at = at(slot) - 5_000;
      recording.add("go_info", info, at, 1);
      recording.add("process_start_time_seconds", labels, at, (at(from) - 60_000) / 1000.0);
      recording.add("go_goroutines", labels, at, goroutines.applyAsDouble(slot));
    }
  }

  /** The time of a slot counted from the start. */
  public static long at(long slot) {
    return START.toEpochMilli() + slot * STEP;
  }

  /** That kube-state-metrics tells of a pod from a slot to another, both included. */
  public void isOwned(String pod, String kind, String owner, long from, long to) {
    Map<String, String> labels =
        Map.of(
            "namespace",
            "pay",
            "pod",
            pod,
            "owner_kind",
            kind,
            "owner_name",
            owner,
            "owner_is_controller",
            "true");
    for (long slot = from; slot <= to; slot++) {
      recording.add("kube_pod_owner", labels, at(slot) - 7_000, 1);
    }
  }
}
