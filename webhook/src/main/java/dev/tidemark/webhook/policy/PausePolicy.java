package dev.tidemark.webhook.policy;

import java.time.Duration;
import java.time.Instant;

/** Nothing runs while an operator holds everything. */
final class PausePolicy implements Policy {

  /** Resuming wakes what waits; this is only in case it could not. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "pause";
  }

  @Override
  public Answer decide(Facts facts, Instant now) {
    if (!facts.pause().paused()) {
      return new Answer.Run("not paused");
    }
    String why = facts.pause().reason().isEmpty() ? "" : ": " + facts.pause().reason();
    return new Answer.Wait(
        now.plus(LOOK_AGAIN),
        "paused by " + facts.pause().by() + " since " + facts.pause().since() + why);
  }
}
