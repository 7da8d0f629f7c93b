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
 * @param settling how long the expression may take to follow its inputs, both ways
 * @param window how far the expression looks back; samples are so frequent that it sees some
 * @param labels those of the alert that come from the series
 * @param value the expression's value while it is true
 */
public record Scenario(
    String name,
    List<Input> inputs,
    Outcome outcome,
    Duration onset,
    Duration lasting,
    Duration settling,
    Duration window,
    Map<String, String> labels,
    double value) {

  /** What is expected. */
  public enum Outcome {
    /** Fires after {@code for}, and ends after {@code keep_firing_for}. */
    FIRES_AND_ENDS,
    /** Fires after {@code for}; its end is days away. */
    FIRES,
    STAYS_SILENT
  }

  /** A series and how it runs through the three times. */
  public record Input(String series, Level before, Level during, Level after) {
    /** A series that stays as it is. */
    public static Input steady(String series, double value) {
      return steady(series, Level.of(value));
    }

    /** As above, of any kind. */
    public static Input steady(String series, Level level) {
      return new Input(series, level, level, level);
    }

    /** A series that is otherwise in the bad time. */
    public static Input bad(String series, double calm, double bad) {
      return new Input(series, Level.of(calm), Level.of(bad), Level.of(calm));
    }

    /** A counter that rises faster in the bad time; a second. */
    public static Input faster(String series, double calm, double bad) {
      return new Input(series, Level.rate(calm), Level.rate(bad), Level.rate(calm));
    }

    /** A counter that stands still but in the bad time, when each sample is this much more. */
    public static Input counts(String series, double perSample) {
      Level still = new Level(Level.Kind.EACH, 0);
      return new Input(series, still, new Level(Level.Kind.EACH, perSample), still);
    }
  }

  /** How a series runs for a while. */
  public record Level(Kind kind, double value) {
    /** How samples are made. */
    public enum Kind {
      VALUE,
      /** A counter that rises by this much a second, from where it stood. */
      RATE,
      /** A counter that rises by this much each sample. */
      EACH,
      /** This, one more, this, one more … */
      TO_AND_FRO,
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

    public static Level toAndFro(double value) {
      return new Level(Kind.TO_AND_FRO, value);
    }

    public static Level rate(double perSecond) {
      return new Level(Kind.RATE, perSecond);
    }
  }

  public Scenario {
    inputs = List.copyOf(inputs);
    labels = Map.copyOf(labels);
  }

  public static Scenario fires(
      String name, List<Input> inputs, Map<String, String> labels, double value) {
    return of(name, inputs, Outcome.FIRES_AND_ENDS, labels, value);
  }

  public static Scenario silent(String name, List<Input> inputs) {
    return of(name, inputs, Outcome.STAYS_SILENT, Map.of(), 0);
  }

  private static Scenario of(
      String name, List<Input> inputs, Outcome outcome, Map<String, String> labels, double value) {
    Duration none = Duration.ZERO;
    return new Scenario(name, inputs, outcome, none, none, none, none, labels, value);
  }

  public Scenario after(Duration later) {
    return new Scenario(name, inputs, outcome, later, lasting, settling, window, labels, value);
  }

  public Scenario lasting(Duration longer) {
    return new Scenario(name, inputs, outcome, onset, longer, settling, window, labels, value);
  }

  /** Of rates: after each change the expression needs up to a window to follow. */
  public Scenario settling(Duration window) {
    return new Scenario(name, inputs, outcome, onset, lasting, window, window, labels, value);
  }

  /** Of what happened during a window: it is told at once and remembered for so long. */
  public Scenario during(Duration window) {
    return new Scenario(name, inputs, outcome, onset, window, settling, window, labels, value);
  }

  /** The same, but nobody waits for the end. */
  public Scenario withoutEnd() {
    Outcome known = outcome == Outcome.FIRES_AND_ENDS ? Outcome.FIRES : outcome;
    return new Scenario(name, inputs, known, onset, lasting, settling, window, labels, value);
  }

  /** From the begin of the bad time to the end of all, at most. */
  public Duration length(Duration waits, Duration keeps) {
    Duration until = onset.plus(waits).plus(settling);
    return outcome == Outcome.FIRES_AND_ENDS
        ? until.plus(keeps).plus(lasting).plus(settling)
        : until;
  }
}
