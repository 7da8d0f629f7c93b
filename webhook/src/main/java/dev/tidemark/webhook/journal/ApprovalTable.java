package dev.tidemark.webhook.journal;

import dev.tidemark.webhook.journal.JournalException.Reason;
import java.sql.SQLException;
import java.util.Optional;

/** Stores the answers of people, when they fit what waits. */
final class ApprovalTable {
  private ApprovalTable() {}

  static Approval answer(Sql sql, Approval approval) throws SQLException {
    boolean known =
        sql.first("SELECT 1 FROM episodes WHERE id = ?", row -> true, approval.episode())
            .orElse(false);
    if (!known) {
      throw new JournalException(Reason.NOT_FOUND, "there is no episode " + approval.episode());
    }
    Optional<Execution> execution =
        sql.first(
            "SELECT * FROM executions WHERE episode = ?", Rows::execution, approval.episode());
    if (execution.isEmpty() || execution.get().state() != ExecutionState.WAITING_APPROVAL) {
      throw new JournalException(
          Reason.NOT_WAITING, "episode " + approval.episode() + " waits for no approval");
    }
    if (!execution.get().planHash().equals(approval.planHash())) {
      throw new JournalException(
          Reason.PLAN_CHANGED,
          "the plan of episode "
              + approval.episode()
              + " has the hash "
              + execution.get().planHash()
              + " now; read it again");
    }
    sql.update(
        "INSERT INTO approvals(episode, at, user, approved, plan_hash, comment) VALUES(?,?,?,?,?,?)",
        approval.episode(),
        approval.at(),
        approval.user(),
        approval.approved(),
        approval.planHash(),
        approval.comment());
    sql.update(
        "UPDATE executions SET wake_at = ? WHERE episode = ?", approval.at(), approval.episode());
    return approval;
  }
}
