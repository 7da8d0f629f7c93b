package dev.tidemark.webhook.policy;

import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.webhook.journal.Approval;
import dev.tidemark.webhook.playbook.Mode;
import java.time.Duration;
import java.time.Instant;

/**
 * In mode approve a person says yes to this very plan, in time. Asked last: people are not asked
 * about what cannot be.
 */
final class ApprovalPolicy implements Policy {
  static final String NAME = "approval";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Answer decide(Facts facts, Instant now) {
    if (facts.playbook().mode() != Mode.APPROVE) {
      return new Answer.Run("mode " + facts.playbook().mode().text() + " asks nobody");
    }
    Approval approval = facts.approval();
    Duration ttl = facts.playbook().policy().approval().ttl();
    Instant asked = facts.approvalAskedAt();
    Instant until = (asked == null ? now : asked).plus(ttl);
    if (approval != null) {
      String comment = approval.comment().isEmpty() ? "" : ": " + approval.comment();
      return approval.approved()
          ? new Answer.Run("approved by " + approval.user() + comment)
          : new Answer.Refuse("refused by " + approval.user() + comment);
    }
    return now.isBefore(until)
        ? new Answer.Wait(until, "waits for a person to approve the plan")
        : new Answer.Refuse("nobody approved the plan within " + PromDuration.format(ttl));
  }
}
