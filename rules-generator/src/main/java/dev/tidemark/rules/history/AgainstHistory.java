package dev.tidemark.rules.history;

import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Replays the alerts in which two sets of rules differ, as they were and as they would be. */
public final class AgainstHistory {
  private final Replays replays;
  private final Duration interval;

  /** Makes what replays a group. */
  @FunctionalInterface
  public interface Replays {
    /**
     * @param inline whether recordings are evaluated anew
     */
    Backtest of(boolean inline);
  }

  /**
   * An alert that differs.
   *
   * @param name {@code payments/GoHeapLeak}
   * @param before empty where it is new
   * @param after empty where it is gone
   */
  public record Change(
      String name, String severity, Optional<Replayed> before, Optional<Replayed> after) {}

  /** An alert by what tells it from all others of its service. */
  private record Key(String service, String name, String severity) {}

  /** Where an alert stands, with what it may read. */
  private record Standing(FoundGroup group, FoundRule rule, List<FoundRule> recordings) {
    /** What decides when it fires; equal where nothing of it changed. */
    List<Object> meaning() {
      List<Object> parts = new ArrayList<>();
      parts.add(rule.expr().value());
      parts.add(rule.forDuration().map(Placed::value).orElse(Duration.ZERO));
      parts.add(rule.keepFiringFor().map(Placed::value).orElse(Duration.ZERO));
      parts.add(group.interval().map(Placed::value));
      parts.add(Optional.ofNullable(group.others().get("query_offset")).map(Placed::value));
      parts.add(recorded());
      return parts;
    }

    /** What stands in the recordings, as far as this alert reads them. */
    List<List<Object>> recorded() {
      Set<String> read = new HashSet<>();
      read.add(rule.expr().value());
      List<List<Object>> recorded = new ArrayList<>();
      // the last recording first, for each may read those before it
      for (int i = recordings.size() - 1; i >= 0; i--) {
        FoundRule recording = recordings.get(i);
        if (read.stream().anyMatch(text -> text.contains(recording.name().value()))) {
          read.add(recording.expr().value());
          Map<String, String> labels = new TreeMap<>();
          recording.labels().forEach((name, text) -> labels.put(name, text.value()));
          recorded.add(List.of(recording.name().value(), recording.expr().value(), labels));
        }
      }
      return recorded;
    }
  }

  /**
   * @param interval of groups that say none
   */
  public AgainstHistory(Replays replays, Duration interval) {
    this.replays = replays;
    this.interval = interval;
  }

  /**
   * Alerts that are new, gone, or fire at other times, in the order of the files.
   *
   * @throws PrometheusException where the server does not answer
   */
  public List<Change> between(List<FoundFile> before, List<FoundFile> after)
      throws PrometheusException {
    Map<Key, Standing> old = standings(before);
    Map<Key, Standing> now = standings(after);
    Set<Key> keys = new LinkedHashSet<>(now.keySet());
    keys.addAll(old.keySet());
    List<Change> changes = new ArrayList<>();
    for (Key key : keys) {
      @Nullable Standing was = old.get(key);
      @Nullable Standing is = now.get(key);
      if (was == null || is == null || !Objects.equals(was.meaning(), is.meaning())) {
        // what the server recorded is of the rules as they were, at best
        boolean inline = was == null || is == null || !was.recorded().equals(is.recorded());
        changes.add(
            new Change(
                key.service() + "/" + key.name(),
                key.severity(),
                replay(key, was, inline),
                replay(key, is, inline)));
      }
    }
    return changes;
  }

  private Optional<Replayed> replay(Key key, @Nullable Standing standing, boolean inline)
      throws PrometheusException {
    return standing == null
        ? Optional.empty()
        : replays
            .of(inline)
            .of(
                key.service(),
                standing.group(),
                standing.recordings(),
                interval,
                rule -> rule.equals(standing.rule()))
            .stream()
            .findFirst();
  }

  private static Map<Key, Standing> standings(List<FoundFile> files) {
    Map<Key, Standing> standings = new LinkedHashMap<>();
    for (FoundFile file : files) {
      List<FoundRule> recordings = file.rules().filter(rule -> !rule.isAlert()).toList();
      for (FoundGroup group : file.groups()) {
        for (FoundRule rule : group.rules()) {
          if (rule.isAlert()) {
            Placed<String> severity = rule.labels().get("severity");
            standings.putIfAbsent(
                new Key(
                    service(group), rule.name().value(), severity == null ? "" : severity.value()),
                new Standing(group, rule, recordings));
          }
        }
      }
    }
    return standings;
  }

  /** Groups are called team/service, or team/service/2. */
  private static String service(FoundGroup group) {
    String[] parts = group.name().value().split("/", 3);
    return parts[Math.min(1, parts.length - 1)];
  }
}
