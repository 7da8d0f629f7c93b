package dev.tidemark.webhook.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list, newest first.
 *
 * @param next what to pass as {@code after} to get the following part; null at the end
 */
public record Slice<T>(List<T> items, @Nullable String next) {
  public Slice {
    items = List.copyOf(items);
  }
}
