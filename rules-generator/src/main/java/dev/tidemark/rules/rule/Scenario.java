package dev.tidemark.rules.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A story an alert is tested with: a calm time, a bad one, a calm one. How long each lasts follows
 * from the rule's own durations.
 *
 * @param name a sentence
 * @param inputs the series that exist
 * @param outcome what the alert does in the bad time
 * @param onset how long after the bad time began the expression becomes true
 * @param lasting how long after the bad time ended the expression stays true
 * @param labels those of the alert that come from the series
 * @param value the expression's value while it is true
 */
public record Scenario(
    String name,
    List<Input> inputs,
    Outcome outcome,
    Duration onset,
    Duration lasting,
    Map<String, String> labels,
    double value) {

  /** What is expected. */
  public enum Outcome {
    /** Fires after {@code for}, and ends after {@code keep_firing_for}. */
    FIRES_AND_ENDS,
    STAYS_SILENT
  }

  /** A series and how it runs through the three times. */
  public record Input(String series, Level before, Level during, Level after) {
    /** A series that stays as it is. */
    public static Input steady(String series, double value) {
      Level level = Level.of(value);
      return new Input(series, level, level, level);
    }
  }

  /** How a series runs for a while. */
  public record Level(Kind kind, double value) {
    /** How samples are made. */
    public enum Kind {
      VALUE,
      /** The present time, in seconds. */
      CLOCK,
      /** The time at which the clock stopped. */
      STOPPED_CLOCK,
      /** Marked stale, then nothing. */
      GONE
    }

    public static final Level CLOCK = new Level(Kind.CLOCK, 0);
    public static final Level STOPPED_CLOCK = new Level(Kind.STOPPED_CLOCK, 0);
    public static final Level GONE = new Level(Kind.GONE, 0);

    public static Level of(double value) {
      return new Level(Kind.VALUE, value);
    }
  }

  public Scenario {
    inputs = List.copyOf(inputs);
    labels = Map.copyOf(labels);
  }

  public static Scenario fires(
      String name, List<Input> inputs, Map<String, String> labels, double value) {
    return new Scenario(
        name, inputs, Outcome.FIRES_AND_ENDS, Duration.ZERO, Duration.ZERO, labels, value);
  }

  public static Scenario silent(String name, List<Input> inputs) {
    return new Scenario(
        name, inputs, Outcome.STAYS_SILENT, Duration.ZERO, Duration.ZERO, Map.of(), 0);
  }

  public Scenario after(Duration later) {
    return new Scenario(name, inputs, outcome, later, lasting, labels, value);
  }

  public Scenario lasting(Duration longer) {
    return new Scenario(name, inputs, outcome, onset, longer, labels, value);
  }
}
