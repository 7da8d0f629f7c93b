package dev.tidemark.webhook.access;

/** What a user may do beyond reading, which everyone who gets in may. */
public enum Role {
  /** May approve and refuse the plan of an episode. */
  APPROVER,
  /** May pause all playbooks and let them go on. */
  OPERATOR
}
