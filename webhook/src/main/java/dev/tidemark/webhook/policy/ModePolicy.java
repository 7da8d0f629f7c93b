package dev.tidemark.webhook.policy;

import dev.tidemark.webhook.playbook.Mode;
import java.time.Instant;

/** Acting by itself needs a server that not just anyone can post alerts to. */
final class ModePolicy implements Policy {
  @Override
  public String name() {
    return "mode";
  }

  @Override
  public Answer decide(Facts facts, Instant now) {
    Mode mode = facts.playbook().mode();
    if (mode == Mode.AUTO && !facts.autoAllowed()) {
      return new Answer.Refuse(
          "mode auto is off: this server takes alerts from the network without credentials");
    }
    return new Answer.Run("mode is " + mode.text());
  }
}
