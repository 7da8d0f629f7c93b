package dev.tidemark.webhook.journal;

import dev.tidemark.webhook.alert.Alert;
import dev.tidemark.webhook.alert.Notification;
import dev.tidemark.webhook.journal.EpisodeRules.Known;
import dev.tidemark.webhook.journal.EpisodeRules.Life;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies {@link EpisodeRules} to the tables. */
final class EpisodeTable {

  private static final String WAKE_WAITING =
      "UPDATE executions SET wake_at = ? WHERE episode = ? AND state IN ('PLANNED', 'WAITING_APPROVAL')";

  /** Which episode an alert counted for, and whether it changed any. */
  record Applied(@Nullable String episode, boolean changed) {}

  Applied apply(Sql sql, Notification notification, Alert alert, Instant now) throws SQLException {
    Known known = known(sql, alert);
    EpisodeRules.Change change = EpisodeRules.of(known, alert, now);
    Instant endedAt = change.endedAt();
    if (endedAt != null && !endedAt.equals(known.endedAt())) {
      sql.update(
          "INSERT OR REPLACE INTO lives(cluster, fingerprint, ended_at, told_at) VALUES(?,?,?,?)",
          alert.cluster(),
          alert.fingerprint().text(),
          endedAt.toString(),
          now);
    }
    Life life = known.open() != null ? known.open() : known.closed();
    if (life == null) {
      return change.act() == EpisodeRules.Act.OPEN
          ? new Applied(open(sql, notification, alert, change.late(), now), true)
          : new Applied(null, false);
    }
    return switch (change.act()) {
      case OPEN -> new Applied(open(sql, notification, alert, change.late(), now), true);
      case REOPEN -> reopen(sql, life, alert, change.late(), now);
      case CONTINUE -> goOn(sql, life, alert, now);
      case CLOSE -> close(sql, life, alert, now);
      case LATE_FIRING -> late(sql, life, EpisodeEvent.Kind.LATE_FIRING, alert, now);
      case LATE_RESOLVE -> late(sql, life, EpisodeEvent.Kind.LATE_RESOLVE, alert, now);
      case NOTHING -> new Applied(life.id(), false);
    };
  }

  private static Known known(Sql sql, Alert alert) throws SQLException {
    String cluster = alert.cluster();
    String fingerprint = alert.fingerprint().text();
    Optional<Known> newest =
        sql.first(
            "SELECT * FROM episodes WHERE cluster = ? AND fingerprint = ? ORDER BY seq DESC LIMIT 1",
            row -> {
              Life life =
                  new Life(
                      Rows.text(row, "id"),
                      Instant.parse(Rows.text(row, "starts_at")),
                      Instant.parse(Rows.text(row, "latest_starts_at")),
                      row.getBoolean("late"));
              return Rows.text(row, "status").equals(EpisodeStatus.FIRING.name())
                  ? new Known(life, null, null)
                  : new Known(null, life, null);
            },
            cluster,
            fingerprint);
    Optional<Instant> endedAt =
        sql.first(
            "SELECT ended_at FROM lives WHERE cluster = ? AND fingerprint = ?",
            row -> Instant.parse(Rows.text(row, "ended_at")),
            cluster,
            fingerprint);
    Known known = newest.orElse(Known.NOTHING);
    return new Known(known.open(), known.closed(), endedAt.orElse(null));
  }

  private static String open(
      Sql sql, Notification notification, Alert alert, boolean late, Instant now)
      throws SQLException {
    long seq = sql.number("SELECT seq FROM sqlite_sequence WHERE name = 'episodes'") + 1;
    String id = alert.fingerprint() + "-" + seq;
    sql.update(
        """
        INSERT INTO episodes(seq, id, cluster, fingerprint, status, labels, annotations, generator_url, receiver,
          starts_at, latest_starts_at, opened_at, last_firing_at, late, truncated, outcome_text, escalated)
        VALUES(?,?,?,?,'FIRING',?,?,?,?,?,?,?,?,?,?,'',0)""",
        seq,
        id,
        alert.cluster(),
        alert.fingerprint().text(),
        JsonText.of(alert.labels()),
        JsonText.of(alert.annotations()),
        alert.generatorUrl(),
        notification.receiver(),
        alert.startsAt().toString(),
        alert.startsAt().toString(),
        now,
        now,
        late,
        notification.truncatedAlerts());
    String text =
        late
            ? "fires, but a resolve of it is known already: confirmed before anything is done"
            : "fires";
    event(sql, id, now, EpisodeEvent.Kind.OPENED, text);
    return id;
  }

  private static Applied reopen(Sql sql, Life life, Alert alert, boolean late, Instant now)
      throws SQLException {
    sql.update(
        """
        UPDATE episodes SET status = 'FIRING', closed_at = NULL, last_firing_at = ?, late = ?
        WHERE id = ?""",
        now,
        late || life.late(),
        life.id());
    sql.update(
        """
        UPDATE episodes SET outcome = NULL, outcome_text = ''
        WHERE id = ? AND outcome = 'RESOLVED' AND NOT EXISTS (SELECT 1 FROM executions WHERE episode = episodes.id)""",
        life.id());
    planAgain(sql, life.id(), now);
    event(
        sql,
        life.id(),
        now,
        EpisodeEvent.Kind.REOPENED,
        "fires again under its own start " + alert.startsAt() + ": a late copy, or it never ended");
    return new Applied(life.id(), true);
  }

  /**
   * What was cancelled by the resolve before anything was begun waits again: a Prometheus that was
   * away for some minutes must not leave every alert without its playbook.
   */
  private static void planAgain(Sql sql, String id, Instant now) throws SQLException {
    int revived =
        sql.update(
            """
            UPDATE executions SET state = 'PLANNED', wake_at = ?, finished_at = NULL, outcome = NULL, outcome_text = '',
              progress = '{}'
            WHERE episode = ? AND state = 'FINISHED' AND outcome = 'RESOLVED' AND started_at IS NULL""",
            now,
            id);
    if (revived > 0) {
      sql.update("UPDATE episodes SET outcome = NULL, outcome_text = '' WHERE id = ?", id);
    }
  }

  private static Applied goOn(Sql sql, Life life, Alert alert, Instant now) throws SQLException {
    Instant starts = alert.startsAt();
    sql.update(
        """
        UPDATE episodes SET starts_at = ?, latest_starts_at = ?, last_firing_at = max(last_firing_at, ?), annotations = ?
        WHERE id = ?""",
        (starts.isBefore(life.startsAt()) ? starts : life.startsAt()).toString(),
        (starts.isAfter(life.latestStartsAt()) ? starts : life.latestStartsAt()).toString(),
        now,
        JsonText.of(alert.annotations()),
        life.id());
    return new Applied(life.id(), false);
  }

  private static Applied close(Sql sql, Life life, Alert alert, Instant now) throws SQLException {
    sql.update(
        "UPDATE episodes SET status = 'RESOLVED', closed_at = ? WHERE id = ?", now, life.id());
    settleUntouched(sql, life.id(), now);
    String ended = alert.endsAt() == null ? "" : ", ended " + alert.endsAt();
    event(sql, life.id(), now, EpisodeEvent.Kind.RESOLVED, "resolved" + ended);
    return new Applied(life.id(), true);
  }

  /**
   * A closed episode: what waits is looked at now; what nobody looked at yet is resolved by itself.
   */
  static void settleUntouched(Sql sql, String id, Instant now) throws SQLException {
    sql.update(WAKE_WAITING, now, id);
    sql.update(
        """
        UPDATE episodes SET outcome = 'RESOLVED', outcome_text = 'ended before anything was done'
        WHERE id = ? AND outcome IS NULL AND NOT EXISTS (SELECT 1 FROM executions WHERE episode = episodes.id)""",
        id);
  }

  private static Applied late(Sql sql, Life life, EpisodeEvent.Kind kind, Alert alert, Instant now)
      throws SQLException {
    String text =
        kind == EpisodeEvent.Kind.LATE_FIRING
            ? "a firing of an earlier life (started " + alert.startsAt() + ") arrived late: ignored"
            : "a resolve of an earlier life (ended " + alert.endsAt() + ") arrived late: ignored";
    boolean told =
        sql.first(
                "SELECT 1 FROM events WHERE episode = ? AND kind = ? AND text = ?",
                row -> true,
                life.id(),
                kind,
                text)
            .orElse(false);
    if (!told) {
      event(sql, life.id(), now, kind, text);
    }
    return new Applied(life.id(), false);
  }

  static void event(Sql sql, String episode, Instant at, EpisodeEvent.Kind kind, String text)
      throws SQLException {
    sql.update(
        "INSERT INTO events(episode, at, kind, text) VALUES(?,?,?,?)", episode, at, kind, text);
  }
}
