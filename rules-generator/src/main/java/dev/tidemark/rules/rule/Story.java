package dev.tidemark.rules.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A test of an alert on series of any shape, where a {@link Scenario} of three steady times says
 * too little.
 *
 * @param name a sentence
 * @param step between samples, and between evaluations
 * @param labels the alert has beside the rule's own, where it fires
 * @param looks in the order of time
 */
public record Story(
    String name, Duration step, List<Track> tracks, Map<String, String> labels, List<Look> looks) {

  /** A series and its samples, one a step; NaN is none. */
  public record Track(String series, List<Double> values) {
    public Track {
      values = List.copyOf(values);
    }
  }

  /** What is looked for at a time. */
  public enum Seen {
    FIRES,
    ENDED,
    /** Has never fired. */
    NEVER
  }

  /** A look at the alert some time after the begin. */
  public record Look(Duration at, Seen seen) {}

  public Story {
    tracks = List.copyOf(tracks);
    labels = Map.copyOf(labels);
    looks = List.copyOf(looks);
  }
}
