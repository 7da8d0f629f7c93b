package dev.tidemark.webhook.journal;

import java.sql.SQLException;

/** Writes what dispatch appends. */
final class ExecutionTable {

  private ExecutionTable() {}

  static void write(Sql sql, Entry entry) throws SQLException {
    // one branch an Entry; the sealed interface keeps the list complete
    if (entry instanceof Execution execution) {
      execution(sql, execution);
    } else if (entry instanceof Decision decision) {
      decision(sql, decision);
    } else if (entry instanceof StepRecord step) {
      step(sql, step);
    } else if (entry instanceof Evidence evidence) {
      evidence(sql, evidence);
    } else if (entry instanceof Finding finding) {
      finding(sql, finding);
    } else if (entry instanceof EpisodeEvent event) {
      EpisodeTable.event(sql, event.episode(), event.at(), event.kind(), event.text());
    } else if (entry instanceof EpisodeOutcome outcome) {
      outcome(sql, outcome);
    } else if (entry instanceof EpisodeSeen seen) {
      sql.update(
          "UPDATE episodes SET last_firing_at = max(last_firing_at, ?) WHERE id = ? AND status = 'FIRING'",
          seen.at(),
          seen.episode());
    }
  }

  private static void execution(Sql sql, Execution e) throws SQLException {
    int updated =
        sql.update(
            """
            UPDATE executions SET plan_hash = ?, plan = ?, mode = ?, target = ?, workload = ?, state = ?, wake_at = ?,
              step = ?, started_at = ?, acted_at = ?, finished_at = ?, outcome = ?, outcome_text = ?, progress = ?
            WHERE id = ? AND state <> 'FINISHED'""",
            e.planHash(),
            e.plan(),
            e.mode(),
            e.target(),
            e.workload(),
            e.state(),
            e.wakeAt(),
            e.step(),
            e.startedAt(),
            e.actedAt(),
            e.finishedAt(),
            e.outcome(),
            e.outcomeText(),
            e.progress(),
            e.id());
    if (updated > 0) {
      return;
    }
    boolean exists =
        sql.first("SELECT 1 FROM executions WHERE episode = ?", row -> true, e.episode())
            .orElse(false);
    if (exists) {
      throw new IllegalStateException(
          "execution " + e.id() + " is finished, or its episode has another");
    }
    sql.update(
        """
        INSERT INTO executions(id, episode, playbook, plan_hash, plan, mode, target, workload, state, created_at, wake_at,
          step, started_at, acted_at, finished_at, outcome, outcome_text, progress)
        VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""",
        e.id(),
        e.episode(),
        e.playbook(),
        e.planHash(),
        e.plan(),
        e.mode(),
        e.target(),
        e.workload(),
        e.state(),
        e.createdAt(),
        e.wakeAt(),
        e.step(),
        e.startedAt(),
        e.actedAt(),
        e.finishedAt(),
        e.outcome(),
        e.outcomeText(),
        e.progress());
    sql.update("UPDATE episodes SET playbook = ? WHERE id = ?", e.playbook(), e.episode());
  }

  private static void decision(Sql sql, Decision d) throws SQLException {
    boolean repeated =
        sql.first(
                """
                SELECT verdict = ? AND reason = ? AS same FROM decisions WHERE episode = ? AND policy = ?
                ORDER BY seq DESC LIMIT 1""",
                row -> row.getBoolean("same"),
                d.verdict(),
                d.reason(),
                d.episode(),
                d.policy())
            .orElse(false);
    if (!repeated) {
      sql.update(
          "INSERT INTO decisions(episode, at, policy, verdict, reason, until) VALUES(?,?,?,?,?,?)",
          d.episode(),
          d.at(),
          d.policy(),
          d.verdict(),
          d.reason(),
          d.until());
    }
  }

  private static void step(Sql sql, StepRecord s) throws SQLException {
    sql.update(
        """
        INSERT INTO steps(id, episode, phase, number, kind, state, intended_at, intent, outcome_at, text, attempts)
        VALUES(?,?,?,?,?,?,?,?,?,?,?)
        ON CONFLICT(id) DO UPDATE SET state = excluded.state, intent = excluded.intent,
          outcome_at = excluded.outcome_at, text = excluded.text, attempts = excluded.attempts""",
        s.id(),
        s.episode(),
        s.phase(),
        s.index(),
        s.kind(),
        s.state(),
        s.intendedAt(),
        s.intent(),
        s.outcomeAt(),
        s.text(),
        s.attempts());
  }

  private static void evidence(Sql sql, Evidence e) throws SQLException {
    sql.update(
        """
        INSERT OR REPLACE INTO evidence(episode, step, name, content_type, bytes, sha256, at)
        VALUES(?,?,?,?,?,?,?)""",
        e.episode(),
        e.step(),
        e.name(),
        e.contentType(),
        e.bytes(),
        e.sha256(),
        e.at());
  }

  private static void finding(Sql sql, Finding f) throws SQLException {
    sql.update(
        """
        INSERT OR REPLACE INTO findings(episode, step, at, evidence, verdict, function, file, line, reason, text, report)
        VALUES(?,?,?,?,?,?,?,?,?,?,?)""",
        f.episode(),
        f.step(),
        f.at(),
        f.evidence(),
        f.verdict(),
        f.function(),
        f.file(),
        f.line(),
        f.reason(),
        f.text(),
        f.report());
  }

  private static void outcome(Sql sql, EpisodeOutcome o) throws SQLException {
    sql.update(
        """
        UPDATE episodes SET playbook = coalesce(?, playbook), outcome = ?, outcome_text = ?, escalated = max(escalated, ?)
        WHERE id = ?""",
        o.playbook(),
        o.outcome(),
        o.text(),
        o.escalated(),
        o.episode());
  }
}
