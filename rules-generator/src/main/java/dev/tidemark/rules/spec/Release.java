package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.config.Shown;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of a server, to the second number: {@code 2.42}. */
public record Release(int major, int minor) implements Comparable<Release> {
  private static final Pattern SYNTAX =
      Pattern.compile("v?([0-9]{1,4})\\.([0-9]{1,4})(?:\\.[0-9]{1,4})?");

  public static Release parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "found " + Shown.text(text) + ", needs a release such as \"2.42\"");
    }
    return new Release(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  public boolean isBefore(Release other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Release other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
