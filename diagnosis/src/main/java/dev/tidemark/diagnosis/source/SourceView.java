package dev.tidemark.diagnosis.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the source says of a place.
 *
 * @param text the line, without its indentation
 * @param others lines of the same package that could end the wait: sends and closes where it
 *     receives, receives and ranges where it sends, of a channel of the same name
 * @param timer whether the line, or a case of its select, waits for the clock
 * @param done whether it can be cancelled: a case for {@code Done()} of a context
 * @param timeAfterInLoop whether each turn of a loop makes a timer by {@code time.After}
 * @param stopped where another function stops the only ticker the line waits for, whose channel
 *     that does not close
 */
public record SourceView(
    String text,
    List<Place> others,
    boolean timer,
    boolean done,
    boolean timeAfterInLoop,
    @Nullable Place stopped) {
  /** A line of a file. */
  public record Place(String file, int line, String text) {}

  public SourceView {
    others = List.copyOf(others);
  }
}
