package dev.tidemark.rules.evaluate;

import java.util.List;

/** Series that are held, all at the same times. */
public record Held(Times times, List<Row> rows) {
  public Held {
    rows = List.copyOf(rows);
  }
}
