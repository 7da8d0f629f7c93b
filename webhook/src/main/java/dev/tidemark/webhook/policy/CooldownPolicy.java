package dev.tidemark.webhook.policy;

import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.webhook.playbook.PolicySpec.Cooldown;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Leaves what was just treated alone for a while. */
final class CooldownPolicy implements Policy {
  @Override
  public String name() {
    return "cooldown";
  }

  @Override
  public Answer decide(Facts facts, Instant now) {
    Cooldown cooldown = facts.playbook().policy().cooldown();
    Optional<Instant> last =
        facts.past().stream()
            .filter(run -> run.counts(cooldown.per(), facts))
            .map(PastRun::startedAt)
            .max(Instant::compareTo);
    String per = cooldown.per().name().toLowerCase(Locale.ROOT);
    if (last.isEmpty()) {
      return new Answer.Run("no run before it, per " + per);
    }
    Instant until = last.get().plus(cooldown.length());
    return now.isBefore(until)
        ? new Answer.Wait(
            until,
            "cooling down per %s for %s since %s"
                .formatted(per, PromDuration.format(cooldown.length()), last.get()))
        : new Answer.Run("cooled down per " + per + " since " + last.get());
  }
}
