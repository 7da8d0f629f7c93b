package dev.tidemark.webhook.page;

import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.EpisodeStatus;
import dev.tidemark.webhook.journal.JournalView;
import dev.tidemark.webhook.journal.Slice;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which part of a list is asked for. */
record EpisodeQuery(@Nullable EpisodeStatus status, int limit, @Nullable String after) {
  static final int DEFAULT_LIMIT = 100;

  /**
   * Reads query parameters; a parameter that is not known is refused, for a mistyped filter would
   * otherwise list everything.
   *
   * @throws BadRequest with what would be right
   */
  static EpisodeQuery of(Parameters parameters) throws BadRequest {
    parameters.allow(Set.of("status", "limit", "after"));
    return new EpisodeQuery(
        status(parameters.get("status")), limit(parameters), parameters.get("after"));
  }

  /** The part itself; blocks on disk. */
  Slice<Episode> read(JournalView journal) throws BadRequest {
    return place(() -> journal.episodes(status, limit, after));
  }

  /** Where the following part is, or null at the end. */
  @Nullable String next(String base, Slice<Episode> slice) {
    String word = status == null ? null : status.text();
    return slice.next() == null ? null : Paths.list(base, word, limit, slice.next());
  }

  /** Tells a mistyped {@code after} from a fault of ours. */
  static <T> Slice<T> place(Supplier<Slice<T>> reading) throws BadRequest {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new BadRequest("after: expected what \"next\" of the answer before gave");
    }
  }

  static int limit(Parameters parameters) throws BadRequest {
    String text = parameters.get("limit");
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (text.matches("[0-9]{1,4}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= JournalView.MAX_LIMIT) {
        return limit;
      }
    }
    throw new BadRequest(
        "limit: expected a number from 1 to " + JournalView.MAX_LIMIT + ", found \"" + text + "\"");
  }

  private static @Nullable EpisodeStatus status(@Nullable String text) throws BadRequest {
    if (text == null || text.isEmpty()) {
      return null;
    }
    for (EpisodeStatus status : EpisodeStatus.values()) {
      if (status.text().equals(text)) {
        return status;
      }
    }
    String right =
        Arrays.stream(EpisodeStatus.values())
            .map(EpisodeStatus::text)
            .collect(Collectors.joining(", "));
    throw new BadRequest("status: expected one of " + right + ", found \"" + text + "\"");
  }
}
