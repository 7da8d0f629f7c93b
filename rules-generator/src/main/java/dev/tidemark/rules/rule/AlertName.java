package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Names;
import java.nio.charset.StandardCharsets;

/**
 * How alerts may be called, and what becomes of it in paths and addresses. Prometheus takes any
 * text; ours can be seen, and its runbook has a file whatever the system's character set.
 */
public final class AlertName {
  private static final int LONGEST = 200;

  private AlertName() {}

  static boolean isAllowed(String name) {
    return Names.isVisible(name) && name.strip().equals(name) && encoded(name).length() <= LONGEST;
  }

  /**
   * The name as a segment of a path: what is no ASCII letter, digit, {@code _} or {@code -} is
   * percent-encoded (RFC 3986, 2.1), so that no two names share a file.
   */
  public static String encoded(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b)) {
        encoded.append((char) b);
      } else {
        encoded.append(String.format("%%%02X", b));
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '_'
        || b == '-';
  }
}
