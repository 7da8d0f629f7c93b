package dev.tidemark.webhook.policy;

import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Acts on what fires now, not on what fired when the notification was sent. Asked servers must all
 * say so; while one does not, it is asked again until the last word of the alert is too old.
 * Without a server to ask, the notification must be young, and no resolve of it known.
 */
final class FreshnessPolicy implements Policy {
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(15);

  @Override
  public String name() {
    return "freshness";
  }

  @Override
  public Answer decide(Facts facts, Instant now) {
    Duration maxAge = facts.playbook().policy().freshness().maxAge();
    boolean old = facts.episode().lastFiringAt().plus(maxAge).isBefore(now);
    if (facts.seen().isEmpty()) {
      if (facts.episode().late()) {
        return new Answer.Refuse(
            "a resolve of this alert is known already, and no server is configured to ask whether it fires");
      }
      return old
          ? new Answer.Refuse(
              "nothing was heard of the alert for more than " + PromDuration.format(maxAge))
          : new Answer.Run("heard of within " + PromDuration.format(maxAge));
    }
    Optional<Seen> suppressed = first(facts, Seen.State.SUPPRESSED);
    if (suppressed.isPresent()) {
      return new Answer.Refuse(
          suppressed.get().by() + ": " + suppressed.get().text() + ": somebody is on it");
    }
    Optional<Seen> doubt =
        first(facts, Seen.State.NOT_FIRING).or(() -> first(facts, Seen.State.UNKNOWN));
    if (doubt.isEmpty()) {
      return new Answer.Run(
          "fires now: " + facts.seen().stream().map(Seen::by).collect(Collectors.joining(", ")));
    }
    String reason = doubt.get().by() + ": " + doubt.get().text();
    return old
        ? new Answer.Refuse(
            reason
                + ", and the last word of the alert is older than "
                + PromDuration.format(maxAge))
        : new Answer.Wait(now.plus(pause(maxAge)), reason);
  }

  private static Optional<Seen> first(Facts facts, Seen.State state) {
    return facts.seen().stream().filter(seen -> seen.state() == state).findFirst();
  }

  private static Duration pause(Duration maxAge) {
    Duration part = maxAge.dividedBy(60);
    if (part.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return part.compareTo(LONGEST) > 0 ? LONGEST : part;
  }
}
