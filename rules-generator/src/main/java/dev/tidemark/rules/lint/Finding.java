package dev.tidemark.rules.lint;

import dev.tidemark.toolkit.yaml.Place;
import java.util.Comparator;
import java.util.Locale;

/**
 * Something that is wrong with a rule.
 *
 * @param id of the check; the heading in docs/lint.md
 * @param length of the fragment in characters, 0 where it is the whole value
 * @param rule the name of the alert or of the recorded series
 * @param message what was found and why that is wrong
 * @param right what would be right
 */
public record Finding(
    String id, Level level, Place place, int length, String rule, String message, String right)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::place)
          .thenComparing(Finding::id)
          .thenComparing(Finding::message);

  /** How bad it is. */
  public enum Level {
    /** Worth a look. */
    INFO,
    /** Works, until something common happens; or surely not as meant. */
    WARNING,
    /** Can never work. */
    ERROR;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
