package dev.tidemark.webhook.journal;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal. Every method blocks on disk (never call one on an event loop), may be called
 * from any thread and throws {@link JournalException} when the journal cannot be read. An unknown
 * episode has empty lists.
 */
public interface JournalView {

  /** The most items one call gives. */
  int MAX_LIMIT = 1000;

  /**
   * Episodes, newest first.
   *
   * @param status only those, or null for all
   * @param limit 1 to {@link #MAX_LIMIT}
   * @param after a {@link Slice#next()}, or null for the start; IllegalArgumentException when it is
   *     not one
   */
  Slice<Episode> episodes(@Nullable EpisodeStatus status, int limit, @Nullable String after);

  Optional<Episode> episode(String id);

  /** Receipts, newest first; as {@link #episodes}. */
  Slice<Receipt> receipts(int limit, @Nullable String after);

  /**
   * The raw body of a receipt as far as it was kept; empty for a duplicate or when retention took
   * it.
   */
  Optional<String> body(String receiptId);

  /** Oldest first, as all that follow. */
  List<EpisodeEvent> events(String episodeId);

  Optional<Execution> execution(String episodeId);

  List<Decision> decisions(String episodeId);

  List<StepRecord> steps(String episodeId);

  List<Evidence> evidence(String episodeId);

  List<Finding> findings(String episodeId);

  List<Approval> approvals(String episodeId);

  Pause pause();

  /** How many episodes are open, executions unfinished: for the metrics page, one cheap query. */
  JournalCounts counts();
}
