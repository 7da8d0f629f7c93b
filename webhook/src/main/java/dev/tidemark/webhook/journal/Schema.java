package dev.tidemark.webhook.journal;

import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The journal's tables, and how they are made and recognised. Times are epoch milliseconds unless
 * text.
 */
final class Schema {

  /** Raised with each change of the tables; a newer number than ours is refused. */
  static final int VERSION = 1;

  /** In the file's header, so that no other program's database is taken for a journal: "Tide". */
  static final int APPLICATION_ID = 0x54696465;

  private static final String[] TABLES = {
    """
    CREATE TABLE receipts(seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, hash TEXT NOT NULL,
      received_at INTEGER NOT NULL, sender TEXT NOT NULL, receiver TEXT NOT NULL, group_key TEXT NOT NULL,
      truncated INTEGER NOT NULL, duplicate_of TEXT, alerts TEXT NOT NULL, body TEXT)""",
    "CREATE INDEX receipts_hash ON receipts(hash, received_at)",
    "CREATE INDEX receipts_time ON receipts(received_at)",
    """
    CREATE TABLE lives(cluster TEXT NOT NULL, fingerprint TEXT NOT NULL, ended_at TEXT NOT NULL,
      told_at INTEGER NOT NULL, PRIMARY KEY(cluster, fingerprint)) WITHOUT ROWID""",
    """
    CREATE TABLE episodes(seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, cluster TEXT NOT NULL,
      fingerprint TEXT NOT NULL, status TEXT NOT NULL, labels TEXT NOT NULL, annotations TEXT NOT NULL,
      generator_url TEXT NOT NULL, receiver TEXT NOT NULL, starts_at TEXT NOT NULL, latest_starts_at TEXT NOT NULL,
      opened_at INTEGER NOT NULL, last_firing_at INTEGER NOT NULL, late INTEGER NOT NULL, truncated INTEGER NOT NULL,
      closed_at INTEGER, playbook TEXT, outcome TEXT, outcome_text TEXT NOT NULL, escalated INTEGER NOT NULL)""",
    "CREATE UNIQUE INDEX episodes_open ON episodes(cluster, fingerprint) WHERE status = 'FIRING'",
    "CREATE INDEX episodes_key ON episodes(cluster, fingerprint, seq)",
    "CREATE INDEX episodes_new ON episodes(seq) WHERE status = 'FIRING' AND outcome IS NULL",
    "CREATE INDEX episodes_status ON episodes(status, seq)",
    """
    CREATE TABLE events(seq INTEGER PRIMARY KEY, episode TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
      text TEXT NOT NULL)""",
    "CREATE INDEX events_episode ON events(episode, seq)",
    """
    CREATE TABLE executions(id TEXT PRIMARY KEY, episode TEXT NOT NULL UNIQUE, playbook TEXT NOT NULL,
      plan_hash TEXT NOT NULL, plan TEXT NOT NULL, mode TEXT NOT NULL, target TEXT NOT NULL, workload TEXT NOT NULL,
      state TEXT NOT NULL, created_at INTEGER NOT NULL, wake_at INTEGER, step INTEGER NOT NULL, started_at INTEGER,
      acted_at INTEGER, finished_at INTEGER, outcome TEXT, outcome_text TEXT NOT NULL, progress TEXT NOT NULL)""",
    "CREATE INDEX executions_due ON executions(wake_at) WHERE state <> 'FINISHED'",
    "CREATE INDEX executions_started ON executions(started_at)",
    """
    CREATE TABLE decisions(seq INTEGER PRIMARY KEY, episode TEXT NOT NULL, at INTEGER NOT NULL, policy TEXT NOT NULL,
      verdict TEXT NOT NULL, reason TEXT NOT NULL, until INTEGER)""",
    "CREATE INDEX decisions_episode ON decisions(episode, seq)",
    """
    CREATE TABLE steps(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, episode TEXT NOT NULL, phase TEXT NOT NULL,
      number INTEGER NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, intended_at INTEGER NOT NULL,
      intent TEXT NOT NULL, outcome_at INTEGER, text TEXT NOT NULL, attempts INTEGER NOT NULL)""",
    "CREATE INDEX steps_episode ON steps(episode, seq)",
    """
    CREATE TABLE evidence(seq INTEGER PRIMARY KEY, episode TEXT NOT NULL, step TEXT NOT NULL, name TEXT NOT NULL,
      content_type TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, at INTEGER NOT NULL,
      UNIQUE(episode, name))""",
    """
    CREATE TABLE findings(seq INTEGER PRIMARY KEY, episode TEXT NOT NULL, step TEXT NOT NULL, at INTEGER NOT NULL,
      evidence TEXT NOT NULL, verdict TEXT NOT NULL, function TEXT, file TEXT, line INTEGER NOT NULL,
      reason TEXT NOT NULL, text TEXT NOT NULL, report TEXT NOT NULL, UNIQUE(episode, step, evidence))""",
    """
    CREATE TABLE approvals(seq INTEGER PRIMARY KEY, episode TEXT NOT NULL, at INTEGER NOT NULL, user TEXT NOT NULL,
      approved INTEGER NOT NULL, plan_hash TEXT NOT NULL, comment TEXT NOT NULL)""",
    "CREATE INDEX approvals_episode ON approvals(episode, seq)",
    """
    CREATE TABLE pauses(seq INTEGER PRIMARY KEY, paused INTEGER NOT NULL, since INTEGER NOT NULL, by TEXT NOT NULL,
      reason TEXT NOT NULL)""",
  };

  private Schema() {}

  /**
   * Makes the tables in an empty file; accepts a journal of ours; refuses everything else before
   * writing to it.
   */
  static void open(Sql sql, Path file) throws SQLException {
    long tables = sql.number("SELECT count(*) FROM sqlite_master");
    long application = sql.number("PRAGMA application_id");
    long version = sql.number("PRAGMA user_version");
    if (tables == 0 && application == 0 && version == 0) {
      settings(sql);
      create(sql);
      return;
    }
    check(sql, file);
    String check = sql.first("PRAGMA quick_check(1)", row -> row.getString(1)).orElse("no answer");
    if (!check.equals("ok")) {
      throw unreadable(file, "is damaged (" + check + "); restore a copy or move it away");
    }
    settings(sql);
  }

  /** Only looks. */
  static void check(Sql sql, Path file) throws SQLException {
    long application = sql.number("PRAGMA application_id");
    long version = sql.number("PRAGMA user_version");
    if (application != APPLICATION_ID) {
      throw unreadable(file, "is a database of another program; name another --storage.path");
    }
    if (version > VERSION) {
      throw unreadable(
          file,
          "was written by a newer release (schema %d, this one reads up to %d); run that release"
              .formatted(version, VERSION));
    }
    if (version < VERSION) {
      throw unreadable(file, "has schema %d, which no release wrote".formatted(version));
    }
  }

  static JournalException unreadable(Path file, String what) {
    return new JournalException(
        JournalException.Reason.UNREADABLE, file + " " + what + "; nothing was changed in it");
  }

  private static void settings(Sql sql) throws SQLException {
    sql.run("PRAGMA journal_mode = WAL");
    sql.run("PRAGMA synchronous = FULL");
    sql.run("PRAGMA journal_size_limit = 67108864");
  }

  private static void create(Sql sql) throws SQLException {
    sql.run("BEGIN IMMEDIATE");
    for (String table : TABLES) {
      sql.run(table);
    }
    sql.run("PRAGMA application_id = " + APPLICATION_ID);
    sql.run("PRAGMA user_version = " + VERSION);
    sql.run("COMMIT");
  }
}
