package dev.tidemark.webhook.journal;

import dev.tidemark.webhook.alert.Fingerprint;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert's life from firing to resolved. Key: cluster and fingerprint; at most one episode of a
 * key is open.
 *
 * @param id {@code <fingerprint>-<number>}: safe in a path and in a URL
 * @param cluster the alert's label, empty when it has none
 * @param startsAt the earliest any firing said
 * @param lastFiringAt when we last heard it fire (our clock)
 * @param late opened or reopened by a firing older than a resolve we have: acted on only when a
 *     recheck confirms it
 * @param truncatedAlerts of the notification that opened it
 * @param closedAt null while firing (our clock)
 * @param playbook the playbook that took it, null when none did (yet)
 * @param outcome null while nothing is decided
 * @param outcomeText one sentence: {@code recurs in 31 h}; empty while nothing is decided
 * @param escalated whether a person was told to look
 */
public record Episode(
    String id,
    String cluster,
    Fingerprint fingerprint,
    EpisodeStatus status,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations,
    String generatorUrl,
    String receiver,
    Instant startsAt,
    Instant openedAt,
    Instant lastFiringAt,
    boolean late,
    long truncatedAlerts,
    @Nullable Instant closedAt,
    @Nullable String playbook,
    @Nullable Outcome outcome,
    String outcomeText,
    boolean escalated) {

  public Episode {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
  }

  /** The label {@code alertname}, or empty. */
  public String alertname() {
    return labels.getOrDefault("alertname", "");
  }
}
