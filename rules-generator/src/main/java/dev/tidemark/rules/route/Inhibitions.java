package dev.tidemark.rules.route;

import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.model.Routing.Inhibition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which alerts hold back which. Pure; source: Mutes and hasEqual in inhibit/inhibit.go of
 * Alertmanager.
 */
public record Inhibitions(List<Inhibition> rules) {
  public Inhibitions {
    rules = List.copyOf(rules);
  }

  public static Inhibitions of(Routing routing) {
    return new Inhibitions(routing.inhibitions());
  }

  /**
   * Why an alert is held back.
   *
   * @param by the rule
   * @param source the labels of the alert that holds it back
   */
  public record Held(Inhibition by, Map<String, String> source) {}

  /**
   * Whether an alert is held back while others fire, and by which; empty when it is sent.
   *
   * @param target the labels of the alert
   * @param firing the labels of all that fire, the alert itself may be among them; those that are
   *     held back or muted themselves count too, as they do for Alertmanager
   */
  public Optional<Held> holdsBack(
      Map<String, String> target, Collection<? extends Map<String, String>> firing) {
    for (Inhibition rule : rules) {
      if (!Route.matches(rule.target(), target)) {
        continue;
      }
      boolean bothSides = Route.matches(rule.source(), target);
      for (Map<String, String> source : firing) {
        if (Route.matches(rule.source(), source)
            && isEqual(rule, source, target)
            // what is on both sides of a rule is not held back by what is so too, itself above all
            && !(bothSides && Route.matches(rule.target(), source))) {
          return Optional.of(new Held(rule, Map.copyOf(source)));
        }
      }
    }
    return Optional.empty();
  }

  /** A label that neither has is equal too: the trap of {@code equal}. */
  private static boolean isEqual(Inhibition rule, Map<String, String> a, Map<String, String> b) {
    return rule.equal().stream()
        .allMatch(label -> Route.value(a, label).equals(Route.value(b, label)));
  }
}
