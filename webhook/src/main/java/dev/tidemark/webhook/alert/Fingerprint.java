package dev.tidemark.webhook.alert;

import java.util.regex.Pattern;

/**
 * The identity Alertmanager gives an alert's label set: 16 hex digits from Alertmanager itself; 1
 * to 64 letters, digits, {@code _} and {@code -} are taken, so that the text is safe in a path and
 * in a URL.
 */
public record Fingerprint(String text) implements Comparable<Fingerprint> {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public Fingerprint {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a fingerprint is 1 to 64 letters, digits, _ or - (Alertmanager sends 16 hex digits)");
    }
  }

  @Override
  public int compareTo(Fingerprint other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
