package dev.tidemark.diagnosis.heap;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Units that pprof converts into one another (internal/measurement/measurement.go). */
final class Units {
  private static final List<Map<String, Double>> KINDS =
      List.of(
          Map.ofEntries(
              Map.entry("b", 1.0),
              Map.entry("byte", 1.0),
              Map.entry("kb", 0x1p10),
              Map.entry("kbyte", 0x1p10),
              Map.entry("kilobyte", 0x1p10),
              Map.entry("mb", 0x1p20),
              Map.entry("mbyte", 0x1p20),
              Map.entry("megabyte", 0x1p20),
              Map.entry("gb", 0x1p30),
              Map.entry("gbyte", 0x1p30),
              Map.entry("gigabyte", 0x1p30)),
          Map.ofEntries(
              Map.entry("ns", 1.0),
              Map.entry("nanosecond", 1.0),
              Map.entry("μs", 1e3),
              Map.entry("us", 1e3),
              Map.entry("microsecond", 1e3),
              Map.entry("ms", 1e6),
              Map.entry("millisecond", 1e6),
              Map.entry("s", 1e9),
              Map.entry("sec", 1e9),
              Map.entry("second", 1e9),
              Map.entry("hour", 3.6e12),
              Map.entry("hr", 3.6e12)));

  private Units() {}

  /** How many of {@code to} one {@code from} is; NaN when they measure different things. */
  static double ratio(String from, String to) {
    if (from.equals(to)) {
      return 1;
    }
    for (Map<String, Double> kind : KINDS) {
      Double one = kind.get(plain(from));
      Double other = kind.get(plain(to));
      if (one != null && other != null) {
        return one / other;
      }
    }
    return Double.NaN;
  }

  static boolean isBytes(String unit) {
    return ratio(unit, "b") == 1;
  }

  private static String plain(String unit) {
    String lower = unit.toLowerCase(Locale.ROOT);
    return lower.length() > 2 && lower.endsWith("s")
        ? lower.substring(0, lower.length() - 1)
        : lower;
  }
}
