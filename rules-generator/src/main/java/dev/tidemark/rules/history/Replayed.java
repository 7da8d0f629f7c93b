package dev.tidemark.rules.history;

import dev.tidemark.rules.found.FoundRule;
import java.util.List;
import java.util.Optional;

/**
 * An alert over the past.
 *
 * @param service in the specification
 * @param inlined recordings whose expressions were evaluated in their place
 * @param notes what of the history is missing
 * @param blind whether nothing that it reads was there, so that its silence says nothing
 * @param heights of what the alert's expression gave; empty where it gave nothing
 * @param failed why it could not be replayed; there are no episodes then
 */
public record Replayed(
    String service,
    FoundRule rule,
    List<Episode> episodes,
    List<String> inlined,
    List<String> notes,
    boolean blind,
    Optional<Heights> heights,
    Optional<String> failed) {
  /** The lowest and the highest value; NaN is neither. */
  public record Heights(double lowest, double highest) {}

  public Replayed {
    episodes = List.copyOf(episodes);
    inlined = List.copyOf(inlined);
    notes = List.copyOf(notes);
  }

  /** {@code payments/GoHeapLeak}. */
  public String name() {
    return service + "/" + rule.name().value();
  }

  public String label(String name) {
    return rule.labels().containsKey(name) ? rule.labels().get(name).value() : "";
  }
}
