package dev.tidemark.rules.plan;

import java.util.List;
import java.util.Locale;

/**
 * Something that is no longer as it was.
 *
 * @param what it is about: {@code alert}, {@code recording}, {@code route}, {@code receiver} …
 * @param name {@code payments/GoHeapLeak} of rules, the matchers of routes
 * @param details of a change what differs; of what is added or removed what is worth knowing
 */
public record Change(Kind kind, String what, String name, List<String> details) {
  /** What happened to it. */
  public enum Kind {
    ADDED("+"),
    CHANGED("~"),
    REMOVED("-");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Change {
    details = List.copyOf(details);
  }

  /** {@code ~ alert payments/GoMemoryNearLimit: threshold 0.9 -> 0.85, for 10m -> 5m}. */
  public String text() {
    return kind.sign
        + " "
        + what
        + " "
        + name
        + (details.isEmpty() ? "" : ": " + String.join(", ", details));
  }
}
