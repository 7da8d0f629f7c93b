package dev.tidemark.promql.type;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of Prometheus, to the second number: {@code 2.42}. */
public record Release(int major, int minor) implements Comparable<Release> {
  private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");

  /**
   * @throws IllegalArgumentException when the text is no release
   */
  public static Release parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no release such as 2.42: " + text);
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
