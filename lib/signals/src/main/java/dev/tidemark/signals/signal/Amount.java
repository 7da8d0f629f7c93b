package dev.tidemark.signals.signal;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers with an optional binary or decimal size suffix: {@code 8Mi}, {@code 512MB}, {@code 5}.
 */
final class Amount {
  private static final Pattern SHAPE =
      Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,15})?)(Ki|Mi|Gi|Ti|KB|MB|GB|TB)?");
  private static final Map<String, Double> FACTORS =
      Map.of(
          "Ki", 0x1p10, "Mi", 0x1p20, "Gi", 0x1p30, "Ti", 0x1p40, "KB", 1e3, "MB", 1e6, "GB", 1e9,
          "TB", 1e12);

  private Amount() {}

  static double parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a number or a size such as 8Mi, found \"" + text + "\"");
    }
    String suffix = matcher.group(2);
    double factor = suffix == null ? 1 : FACTORS.getOrDefault(suffix, 1.0);
    return Double.parseDouble(matcher.group(1)) * factor;
  }
}
