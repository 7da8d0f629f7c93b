package dev.tidemark.toolkit.config;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written as Kubernetes and Prometheus write it: {@code 64Mi}, {@code 1.5Gi},
 * {@code 512MB}, {@code 1024}. {@code k, M, G, T, P, E} count in thousands, {@code Ki … Ei} in
 * 1024s.
 */
public record ByteSize(long bytes) {
  private static final Pattern SYNTAX =
      Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)([kKMGTPE]?i?)(B?)");
  private static final String[] BINARY = {"Ei", "Pi", "Ti", "Gi", "Mi", "Ki"};
  private static final Map<String, Integer> POWERS =
      Map.of("", 0, "k", 1, "K", 1, "M", 2, "G", 3, "T", 4, "P", 5, "E", 6);

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("found " + bytes + " bytes, needs 0 or more");
    }
  }

  /**
   * The size a text names.
   *
   * @throws IllegalArgumentException when it is no size, not a whole number of bytes, or above 8 Ei
   */
  public static ByteSize parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches() || matcher.group(2).equals("i")) {
      throw new IllegalArgumentException(
          "found " + Shown.text(text) + ", needs a size such as 64Mi, 1Gi, 512MB or 1024");
    }
    String unit = matcher.group(2);
    boolean binary = unit.endsWith("i");
    Integer power = POWERS.get(binary ? unit.substring(0, 1) : unit);
    BigDecimal factor =
        new BigDecimal(binary ? 1024 : 1000).pow(java.util.Objects.requireNonNull(power));
    try {
      return new ByteSize(new BigDecimal(matcher.group(1)).multiply(factor).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "found " + Shown.text(text) + ", needs a whole number of bytes below 8Ei", e);
    }
  }

  /** The size in the largest binary unit that holds it exactly: {@code 64Mi}, else plain bytes. */
  @Override
  public String toString() {
    for (int i = 0; i < BINARY.length && bytes > 0; i++) {
      long unit = 1L << (10 * (BINARY.length - i));
      if (bytes % unit == 0) {
        return bytes / unit + BINARY[i];
      }
    }
    return Long.toString(bytes);
  }
}
