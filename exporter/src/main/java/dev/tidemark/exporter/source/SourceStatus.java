package dev.tidemark.exporter.source;

import java.time.Instant;

/**
 * How the source does, for people.
 *
 * @param name what it is called in metrics and pages: its URL without credentials
 * @param progress of learning the history, 0 to 1; 1 once live
 * @param slot the last slot that was judged, epoch milliseconds; 0 before the first
 * @param lastSuccess when an answer was whole last; the epoch before the first
 * @param failure what is wrong now; empty when nothing is
 */
public record SourceStatus(
    String name, double progress, long slot, Instant lastSuccess, String failure) {
  public static SourceStatus notAsked(String name) {
    return new SourceStatus(name, 0, 0, Instant.EPOCH, "");
  }

  /** Whether the history is learnt and samples are judged as they come. */
  public boolean isLive() {
    return progress >= 1;
  }
}
