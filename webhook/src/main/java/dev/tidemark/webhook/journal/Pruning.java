package dev.tidemark.webhook.journal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Removes what is older than retention says. What is unfinished or still fires stays, however old.
 */
final class Pruning {

  /** Episodes removed in one transaction: the writer must not be held for long. */
  private static final int AT_ONCE = 500;

  private static final List<String> OF_EPISODE =
      List.of("events", "executions", "decisions", "steps", "evidence", "findings", "approvals");

  private Pruning() {}

  static List<String> run(Sql sql, Instant receiptsBefore, Instant episodesBefore)
      throws SQLException {
    sql.update("DELETE FROM receipts WHERE received_at < ?", receiptsBefore);
    List<String> gone =
        sql.list(
            """
            SELECT id FROM episodes WHERE status <> 'FIRING' AND closed_at < ? AND NOT EXISTS
              (SELECT 1 FROM executions WHERE episode = episodes.id AND state <> 'FINISHED')
            ORDER BY seq LIMIT ?""",
            row -> Rows.text(row, "id"),
            episodesBefore,
            AT_ONCE);
    for (String id : gone) {
      for (String table : OF_EPISODE) {
        sql.update("DELETE FROM " + table + " WHERE episode = ?", id);
      }
      sql.update("DELETE FROM episodes WHERE id = ?", id);
    }
    sql.update("DELETE FROM lives WHERE told_at < ?", episodesBefore);
    return gone;
  }
}
