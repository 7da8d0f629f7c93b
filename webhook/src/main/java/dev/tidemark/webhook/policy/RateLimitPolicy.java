package dev.tidemark.webhook.policy;

import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.webhook.playbook.PolicySpec.RateLimit;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** No more runs in a time than allowed; every limit must have room. */
final class RateLimitPolicy implements Policy {
  @Override
  public String name() {
    return "rate-limit";
  }

  @Override
  public Answer decide(Facts facts, Instant now) {
    Instant until = now;
    String full = "";
    for (RateLimit limit : facts.playbook().policy().rateLimit()) {
      List<Instant> begun =
          facts.past().stream()
              .filter(run -> run.counts(limit.per(), facts))
              .map(PastRun::startedAt)
              .filter(at -> at.isAfter(now.minus(limit.every())))
              .sorted()
              .toList();
      if (begun.size() >= limit.max()) {
        Instant room = begun.get(begun.size() - limit.max()).plus(limit.every());
        if (room.isAfter(until)) {
          until = room;
          full =
              "at most %d per %s every %s"
                  .formatted(
                      limit.max(),
                      limit.per().name().toLowerCase(Locale.ROOT),
                      PromDuration.format(limit.every()));
        }
      }
    }
    return full.isEmpty()
        ? new Answer.Run("within every rate limit")
        : new Answer.Wait(until, "rate limit reached: " + full);
  }
}
