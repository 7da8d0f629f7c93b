package dev.tidemark.webhook.journal;

import dev.tidemark.webhook.alert.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From a row of each table to its record. */
final class Rows {

  private Rows() {}

  static Receipt receipt(ResultSet row) throws SQLException {
    return new Receipt(
        text(row, "id"),
        time(row, "received_at"),
        text(row, "sender"),
        text(row, "receiver"),
        text(row, "group_key"),
        row.getLong("truncated"),
        row.getString("duplicate_of"),
        JsonText.alerts(text(row, "alerts")));
  }

  static Episode episode(ResultSet row) throws SQLException {
    return new Episode(
        text(row, "id"),
        text(row, "cluster"),
        new Fingerprint(text(row, "fingerprint")),
        EpisodeStatus.valueOf(text(row, "status")),
        JsonText.labels(text(row, "labels")),
        JsonText.labels(text(row, "annotations")),
        text(row, "generator_url"),
        text(row, "receiver"),
        Instant.parse(text(row, "starts_at")),
        time(row, "opened_at"),
        time(row, "last_firing_at"),
        row.getBoolean("late"),
        row.getLong("truncated"),
        maybe(row, "closed_at"),
        row.getString("playbook"),
        outcome(row),
        text(row, "outcome_text"),
        row.getBoolean("escalated"));
  }

  static EpisodeEvent event(ResultSet row) throws SQLException {
    return new EpisodeEvent(
        text(row, "episode"),
        time(row, "at"),
        EpisodeEvent.Kind.valueOf(text(row, "kind")),
        text(row, "text"));
  }

  static Execution execution(ResultSet row) throws SQLException {
    return new Execution(
        text(row, "id"),
        text(row, "episode"),
        text(row, "playbook"),
        text(row, "plan_hash"),
        text(row, "plan"),
        text(row, "mode"),
        text(row, "target"),
        text(row, "workload"),
        ExecutionState.valueOf(text(row, "state")),
        time(row, "created_at"),
        maybe(row, "wake_at"),
        row.getInt("step"),
        maybe(row, "started_at"),
        maybe(row, "acted_at"),
        maybe(row, "finished_at"),
        outcome(row),
        text(row, "outcome_text"),
        text(row, "progress"));
  }

  static Decision decision(ResultSet row) throws SQLException {
    return new Decision(
        text(row, "episode"),
        time(row, "at"),
        text(row, "policy"),
        Decision.Verdict.valueOf(text(row, "verdict")),
        text(row, "reason"),
        maybe(row, "until"));
  }

  static StepRecord step(ResultSet row) throws SQLException {
    return new StepRecord(
        text(row, "id"),
        text(row, "episode"),
        StepPhase.valueOf(text(row, "phase")),
        row.getInt("number"),
        text(row, "kind"),
        StepState.valueOf(text(row, "state")),
        time(row, "intended_at"),
        text(row, "intent"),
        maybe(row, "outcome_at"),
        text(row, "text"),
        row.getInt("attempts"));
  }

  static Evidence evidence(ResultSet row) throws SQLException {
    return new Evidence(
        text(row, "episode"),
        text(row, "step"),
        text(row, "name"),
        text(row, "content_type"),
        row.getLong("bytes"),
        text(row, "sha256"),
        time(row, "at"));
  }

  static Finding finding(ResultSet row) throws SQLException {
    return new Finding(
        text(row, "episode"),
        text(row, "step"),
        time(row, "at"),
        text(row, "evidence"),
        text(row, "verdict"),
        row.getString("function"),
        row.getString("file"),
        row.getInt("line"),
        text(row, "reason"),
        text(row, "text"),
        text(row, "report"));
  }

  static Approval approval(ResultSet row) throws SQLException {
    return new Approval(
        text(row, "episode"),
        time(row, "at"),
        text(row, "user"),
        row.getBoolean("approved"),
        text(row, "plan_hash"),
        text(row, "comment"));
  }

  static Pause pause(ResultSet row) throws SQLException {
    return new Pause(
        row.getBoolean("paused"), time(row, "since"), text(row, "by"), text(row, "reason"));
  }

  static String text(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    if (text == null) {
      throw new SQLException("column " + column + " is null");
    }
    return text;
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  private static @Nullable Instant maybe(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static @Nullable Outcome outcome(ResultSet row) throws SQLException {
    String name = row.getString("outcome");
    return name == null ? null : Outcome.valueOf(name);
  }
}
