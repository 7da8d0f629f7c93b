package dev.tidemark.webhook.journal;

import java.sql.SQLException;
import java.time.Instant;

/** Whether acting is paused: the newest row. */
final class PauseTable {
  private static final Pause NEVER = new Pause(false, Instant.EPOCH, "", "");

  private PauseTable() {}

  static Pause now(Sql sql) throws SQLException {
    return sql.first("SELECT * FROM pauses ORDER BY seq DESC LIMIT 1", Rows::pause).orElse(NEVER);
  }

  static Pause set(Sql sql, Pause pause) throws SQLException {
    Pause before = now(sql);
    if (before.paused() == pause.paused()) {
      return before;
    }
    sql.update(
        "INSERT INTO pauses(paused, since, by, reason) VALUES(?,?,?,?)",
        pause.paused(),
        pause.since(),
        pause.by(),
        pause.reason());
    sql.update(
        "UPDATE executions SET wake_at = ? WHERE state IN ('PLANNED', 'WAITING_APPROVAL', 'RUNNING')",
        pause.since());
    return now(sql);
  }
}
