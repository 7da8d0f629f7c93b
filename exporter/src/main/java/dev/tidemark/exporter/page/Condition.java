package dev.tidemark.exporter.page;

import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.source.SourceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * All that a page shows, of one moment.
 *
 * @param history how much of the past is learnt from
 */
public record Condition(Snapshot snapshot, SourceStatus source, Duration history, Instant now) {
  /** How old the newest judged slot is; empty before the first. */
  Optional<Duration> age() {
    return snapshot.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.between(Instant.ofEpochMilli(snapshot.slot()), now));
  }

  /** Why nothing can be served yet; empty once there is a judgement. */
  Optional<String> notReady() {
    if (!snapshot.isEmpty()) {
      return Optional.empty();
    }
    String trouble = source.failure().isEmpty() ? "" : "; the source: " + source.failure();
    return Optional.of(learnt() + trouble);
  }

  String learnt() {
    return "%.0f %% of the last %s is learnt"
        .formatted(Math.floor(source.progress() * 100), Words.span(history));
  }

  /** One sentence for {@code /-/ready}. */
  String readiness() {
    String data = age().map(a -> "the newest data is " + Words.span(a) + " old").orElse("no data");
    return source.failure().isEmpty() ? data : data + "; the source: " + source.failure();
  }
}
