package dev.tidemark.exporter.page;

import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import dev.tidemark.signals.signal.Unit;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {
  private static final String UNKNOWN = "–";

  private Words() {}

  /** {@code 12 s}, {@code 7 min}, {@code 31 h}, {@code 7 d}. */
  static String span(Duration duration) {
    return span(duration.toMillis() / 1000.0);
  }

  static String span(double seconds) {
    if (!Double.isFinite(seconds)) {
      return UNKNOWN;
    }
    if (seconds < 90) {
      return Math.round(seconds) + " s";
    }
    if (seconds < 90 * 60) {
      return Math.round(seconds / 60) + " min";
    }
    if (seconds < 72 * 3600) {
      return Math.round(seconds / 3600) + " h";
    }
    return Math.round(seconds / 86_400) + " d";
  }

  static String name(LeakState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** {@code 8.4 MiB}, {@code 5,012}, {@code 73.1 %}. */
  static String value(double value, Unit unit) {
    if (!Double.isFinite(value)) {
      return UNKNOWN;
    }
    return switch (unit) {
      case BYTES -> bytes(value);
      case SECONDS -> plain(value) + " s";
      case RATIO -> plain(value * 100) + " %";
      case NONE -> plain(value);
    };
  }

  /** A text as a sentence. */
  static String sentence(String text) {
    if (text.isEmpty()) {
      return text;
    }
    return text.substring(0, 1).toUpperCase(Locale.ROOT)
        + text.substring(1)
        + (text.endsWith(".") ? "" : ".");
  }

  /** {@code 1 Jan 12:00 UTC}. */
  static String moment(long millis) {
    return Ticks.moment(millis) + " UTC";
  }

  static String band(Judgement judgement, Unit unit) {
    return Double.isNaN(judgement.upper())
        ? UNKNOWN
        : value(judgement.lower(), unit) + " … " + value(judgement.upper(), unit);
  }

  static String plain(double value) {
    if (!Double.isFinite(value)) {
      return UNKNOWN;
    }
    double size = Math.abs(value);
    String format =
        size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 1 ? "%.2f" : "%.3g";
    return String.format(Locale.ROOT, format, value);
  }

  private static String bytes(double value) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    double shown = value;
    while (Math.abs(shown) >= 1024 && unit < units.length - 1) {
      shown /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", shown, units[unit]);
  }
}
