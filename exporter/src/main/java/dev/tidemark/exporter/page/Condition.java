package dev.tidemark.exporter.page;

import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.TargetView;
import dev.tidemark.exporter.health.Restart;
import dev.tidemark.exporter.source.SourceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that a page shows, of one moment.
 *
 * @param sources in the order of the configuration
 * @param history how much of the past is learnt from
 * @param supported which judgements targets support
 */
public record Condition(
    Snapshot snapshot,
    List<SourceStatus> sources,
    Duration history,
    Instant now,
    Supported supported) {
  public Condition {
    sources = List.copyOf(sources);
  }

  Optional<SeriesView> find(SeriesId id) {
    return snapshot.find(id.target(), id.signal());
  }

  /** How a target is; empty where it is not known, or was too long ago. */
  Optional<TargetView> health(String target) {
    return snapshot.health().targets().stream()
        .filter(view -> view.target().equals(target) && view.isTrueAt(now))
        .findFirst();
  }

  /** The last restarts of the container of a workload that a series is of, oldest first. */
  List<Restart> restarts(SeriesView view) {
    return snapshot.health().workloads().stream()
        .filter(workload -> view.labels().entrySet().containsAll(workload.labels().entrySet()))
        .flatMap(workload -> workload.recent().stream())
        .toList();
  }

  /** How old the newest judged slot is; empty before the first. */
  Optional<Duration> age() {
    return snapshot.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.between(Instant.ofEpochMilli(snapshot.slot()), now));
  }

  /**
   * Why nothing can be served yet; empty once one source has reached the present, or what was
   * sealed less than an hour ago is shown. What is old is withdrawn by its age, so it misleads
   * nobody.
   */
  Optional<String> notReady() {
    if (!snapshot.isEmpty()) {
      return Optional.empty();
    }
    if (sources.size() == 1) {
      SourceStatus source = sources.get(0);
      return Optional.of(learnt(source) + failure("the source: ", source));
    }
    return Optional.of(
        sources.stream()
            .map(source -> source.name() + ": " + learnt(source) + failure("", source))
            .collect(Collectors.joining("; ")));
  }

  private static String failure(String before, SourceStatus source) {
    return source.failure().isEmpty() ? "" : "; " + before + source.failure();
  }

  String learnt(SourceStatus source) {
    return "%.0f %% of the last %s is learnt"
        .formatted(Math.floor(source.progress() * 100), Words.span(history));
  }

  /** One sentence for {@code /-/ready}; names the sources that are not live or not well. */
  String readiness() {
    String data = age().map(a -> "the newest data is " + Words.span(a) + " old").orElse("no data");
    if (sources.size() == 1) {
      SourceStatus source = sources.get(0);
      String sealed = source.isLive() ? "" : ", as it was sealed before the last start";
      return data + sealed + failure("the source: ", source);
    }
    StringBuilder text = new StringBuilder(data);
    for (SourceStatus source : sources) {
      if (!source.isLive()) {
        text.append("; ").append(source.name()).append(": ").append(learnt(source));
      }
      text.append(failure(source.name() + ": ", source));
    }
    return text.toString();
  }
}
