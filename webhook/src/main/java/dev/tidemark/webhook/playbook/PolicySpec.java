package dev.tidemark.webhook.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Key;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of a playbook. What is left out has the careful default. */
public record PolicySpec(
    @Default("once") EpisodeRule episode,
    @Default("{}") Freshness freshness,
    @Default("{per: workload, for: 30m}") Cooldown cooldown,
    @Default("[{per: workload, max: 1, every: 1m}, {per: cluster, max: 10, every: 1h}]")
        List<RateLimit> rateLimit,
    @Default("{}") BlastRadius blastRadius,
    @Default("{}") ApprovalSpec approval,
    @Default("{failures: 2, per: workload, within: 6h}") GiveUpAfter giveUpAfter,
    @Nullable JsonNode windows,
    @Nullable JsonNode freeze) {

  public PolicySpec {
    if (windows != null) {
      throw new IllegalArgumentException("windows: is not available yet");
    }
    if (freeze != null) {
      throw new IllegalArgumentException(
          "freeze: is not available yet; POST /api/v1/pause holds everything");
    }
  }

  /** How often in an episode. */
  public enum EpisodeRule {
    ONCE
  }

  /** Where to ask whether the alert still fires. */
  public enum Recheck {
    ALERTMANAGER,
    PROMETHEUS
  }

  /** What {@code approval} does when nobody answers. */
  public enum OnTimeout {
    ESCALATE,
    REFUSE
  }

  /**
   * @param maxAge how long after the last word of it an alert may be acted on without being
   *     confirmed
   * @param recheck null: wherever the configuration names a server
   */
  public record Freshness(@Default("15m") Duration maxAge, @Nullable List<Recheck> recheck) {}

  /** No second run before this time has passed since the last one began. */
  public record Cooldown(Per per, @Key("for") Duration length) {}

  /** At most so many runs begun in a time. */
  public record RateLimit(Per per, int max, Duration every) {
    public RateLimit {
      if (max < 1) {
        throw new IllegalArgumentException("max: at least 1");
      }
      if (every.isZero()) {
        throw new IllegalArgumentException("every: more than 0");
      }
    }
  }

  /** How many targets of a workload may be worked on at a time. */
  public record BlastRadius(
      @Default("1") int maxTargets,
      @Nullable JsonNode minHealthy,
      @Nullable JsonNode stormCooldown) {
    public BlastRadius {
      if (maxTargets < 1) {
        throw new IllegalArgumentException("maxTargets: at least 1");
      }
      if (minHealthy != null) {
        throw new IllegalArgumentException(
            "minHealthy: is not available yet (it needs Kubernetes)");
      }
      if (stormCooldown != null) {
        throw new IllegalArgumentException("stormCooldown: is not available yet");
      }
    }
  }

  /** For mode approve. */
  public record ApprovalSpec(
      @Default("30m") Duration ttl,
      @Default("escalate") OnTimeout onTimeout,
      @Nullable JsonNode roles,
      @Nullable JsonNode fourEyes) {
    public ApprovalSpec {
      if (roles != null) {
        throw new IllegalArgumentException(
            "roles: is not available yet; whoever has the role approver in the configuration may answer");
      }
      if (fourEyes != null) {
        throw new IllegalArgumentException("fourEyes: is not available yet");
      }
    }
  }

  /** After so many runs that did not help, leave it to people. */
  public record GiveUpAfter(int failures, Per per, Duration within) {
    public GiveUpAfter {
      if (failures < 1) {
        throw new IllegalArgumentException("failures: at least 1");
      }
    }
  }
}
