package dev.tidemark.webhook.journal;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a SQLite journal. Thread-safe. */
class SqliteView implements JournalView {
  private final Readers readers;

  SqliteView(Readers readers) {
    this.readers = readers;
  }

  final <T> T read(Readers.Query<T> query) {
    return readers.read(query);
  }

  @Override
  public Slice<Episode> episodes(
      @Nullable EpisodeStatus status, int limit, @Nullable String after) {
    long before = before(limit, after);
    List<Numbered<Episode>> rows =
        status == null
            ? read(
                sql ->
                    sql.list(
                        "SELECT * FROM episodes WHERE seq < ? ORDER BY seq DESC LIMIT ?",
                        row -> new Numbered<>(row.getLong("seq"), Rows.episode(row)),
                        before,
                        limit + 1))
            : read(
                sql ->
                    sql.list(
                        "SELECT * FROM episodes WHERE status = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
                        row -> new Numbered<>(row.getLong("seq"), Rows.episode(row)),
                        status,
                        before,
                        limit + 1));
    return slice(rows, limit);
  }

  @Override
  public Optional<Episode> episode(String id) {
    return read(sql -> sql.first("SELECT * FROM episodes WHERE id = ?", Rows::episode, id));
  }

  @Override
  public Slice<Receipt> receipts(int limit, @Nullable String after) {
    long before = before(limit, after);
    return slice(
        read(
            sql ->
                sql.list(
                    """
                    SELECT seq, id, received_at, sender, receiver, group_key, truncated, duplicate_of, alerts
                    FROM receipts WHERE seq < ? ORDER BY seq DESC LIMIT ?""",
                    row -> new Numbered<>(row.getLong("seq"), Rows.receipt(row)),
                    before,
                    limit + 1)),
        limit);
  }

  @Override
  public Optional<String> body(String receiptId) {
    return read(
        sql ->
            sql.first(
                "SELECT body FROM receipts WHERE id = ? AND body IS NOT NULL",
                row -> Rows.text(row, "body"),
                receiptId));
  }

  @Override
  public List<EpisodeEvent> events(String episodeId) {
    return read(
        sql ->
            sql.list(
                "SELECT * FROM events WHERE episode = ? ORDER BY seq", Rows::event, episodeId));
  }

  @Override
  public Optional<Execution> execution(String episodeId) {
    return read(
        sql -> sql.first("SELECT * FROM executions WHERE episode = ?", Rows::execution, episodeId));
  }

  @Override
  public List<Decision> decisions(String episodeId) {
    return read(
        sql ->
            sql.list(
                "SELECT * FROM decisions WHERE episode = ? ORDER BY seq",
                Rows::decision,
                episodeId));
  }

  @Override
  public List<StepRecord> steps(String episodeId) {
    return read(
        sql ->
            sql.list("SELECT * FROM steps WHERE episode = ? ORDER BY seq", Rows::step, episodeId));
  }

  @Override
  public List<Evidence> evidence(String episodeId) {
    return read(
        sql ->
            sql.list(
                "SELECT * FROM evidence WHERE episode = ? ORDER BY seq",
                Rows::evidence,
                episodeId));
  }

  @Override
  public List<Finding> findings(String episodeId) {
    return read(
        sql ->
            sql.list(
                "SELECT * FROM findings WHERE episode = ? ORDER BY seq", Rows::finding, episodeId));
  }

  @Override
  public List<Approval> approvals(String episodeId) {
    return read(
        sql ->
            sql.list(
                "SELECT * FROM approvals WHERE episode = ? ORDER BY seq",
                Rows::approval,
                episodeId));
  }

  @Override
  public Pause pause() {
    return read(PauseTable::now);
  }

  @Override
  public JournalCounts counts() {
    return read(
        sql ->
            new JournalCounts(
                sql.number("SELECT count(*) FROM receipts"),
                sql.number("SELECT count(*) FROM episodes WHERE status = 'FIRING'"),
                sql.number("SELECT count(*) FROM executions WHERE state <> 'FINISHED'"),
                sql.number("SELECT count(*) FROM executions WHERE state = 'WAITING_APPROVAL'")));
  }

  private record Numbered<T>(long seq, T item) {}

  private static <T> Slice<T> slice(List<Numbered<T>> rows, int limit) {
    boolean more = rows.size() > limit;
    List<Numbered<T>> shown = more ? rows.subList(0, limit) : rows;
    String next = more ? Long.toString(shown.get(limit - 1).seq()) : null;
    return new Slice<>(shown.stream().map(Numbered::item).toList(), next);
  }

  private static long before(int limit, @Nullable String after) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT);
    }
    if (after == null) {
      return Long.MAX_VALUE;
    }
    try {
      long seq = Long.parseLong(after);
      if (seq > 0) {
        return seq;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("after is what 'next' gave", e);
    }
    throw new IllegalArgumentException("after is what 'next' gave");
  }
}
