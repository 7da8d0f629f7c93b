package dev.tidemark.webhook.policy;

import java.util.List;

/**
 * All policies, in the order they are asked: the cheap ones first, then those that need to ask
 * other servers.
 */
public final class Policies {

  /** Decided from the journal alone. */
  public static final List<Policy> LOCAL =
      List.of(
          new PausePolicy(),
          new ClusterPolicy(),
          new ModePolicy(),
          new TruncatedPolicy(),
          new GiveUpPolicy(),
          new CooldownPolicy(),
          new RateLimitPolicy(),
          new BlastRadiusPolicy());

  /** Need {@link Facts#seen} and {@link Facts#prechecks}. */
  public static final List<Policy> ASKING =
      List.of(new FreshnessPolicy(), new PrecheckPolicy(), new ApprovalPolicy());

  private Policies() {}
}
