package dev.tidemark.exporter.page;

import dev.tidemark.signals.signal.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round places on an axis, with what to write there. */
final class Ticks {
  private static final int MOST = 7;
  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final long DAY = 86_400_000;
  private static final List<Duration> TIMES =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(7));
  private static final DateTimeFormatter DATE = format("d MMM");
  private static final DateTimeFormatter MINUTE = format("HH:mm");
  private static final DateTimeFormatter SECOND = format("HH:mm:ss");

  /** A place and what is written at it. */
  record Tick(double at, String text) {}

  private Ticks() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /** Of an axis from low to high, which must be finite and apart. */
  static List<Tick> values(double low, double high, Unit unit) {
    double scale = unit == Unit.RATIO ? 0.01 : 1;
    String suffix = unit == Unit.RATIO ? " %" : unit == Unit.SECONDS ? " s" : "";
    double step;
    if (unit == Unit.BYTES) {
      int power = 0;
      double largest = Math.max(Math.abs(low), Math.abs(high));
      while (largest >= 1024 && power < BYTES.length - 1) {
        largest /= 1024;
        scale *= 1024;
        power++;
      }
      suffix = " " + BYTES[power];
      step = Math.pow(2, Math.ceil(Math.log((high - low) / MOST) / Math.log(2)));
    } else {
      step = decimal((high - low) / MOST);
    }
    int digits = (int) Math.max(0, Math.ceil(-Math.log10(step / scale) - 1e-9));
    List<Tick> ticks = new ArrayList<>();
    double first = Math.ceil(low / step - 1e-9);
    for (int i = 0; i <= MOST + 1; i++) {
      double at = (first + i) * step;
      if (at <= high + step * 1e-9) {
        ticks.add(new Tick(at, number(at / scale, digits) + suffix));
      }
    }
    return ticks;
  }

  private static String number(double value, int digits) {
    double plain = value + 0.0; // no -0
    return digits > 6 || Math.abs(plain) >= 1e15
        ? String.format(Locale.ROOT, "%.3g", plain)
        : String.format(
            Locale.ROOT, "%,." + Math.min(digits, unneeded(plain, digits)) + "f", plain);
  }

  /** As many digits as the number has, where it has fewer: 0.125 needs three, 8 none. */
  private static int unneeded(double value, int digits) {
    for (int d = 0; d < digits; d++) {
      double scaled = value * Math.pow(10, d);
      if (Math.abs(scaled - Math.rint(scaled)) < 1e-6) {
        return d;
      }
    }
    return digits;
  }

  /** The next of 1, 2, 5 times a power of ten. */
  private static double decimal(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double share = least / power;
    return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
  }

  /** Of a stretch of time, in UTC; at a midnight stands the day. */
  static List<Tick> times(long fromMillis, long toMillis) {
    long step = TIMES.get(TIMES.size() - 1).toMillis();
    for (int i = TIMES.size() - 1; i >= 0; i--) {
      if ((toMillis - fromMillis) / TIMES.get(i).toMillis() <= MOST + 1) {
        step = TIMES.get(i).toMillis();
      }
    }
    DateTimeFormatter format = step < 60_000 ? SECOND : MINUTE;
    List<Tick> ticks = new ArrayList<>();
    for (long at = Math.floorDiv(fromMillis + step - 1, step) * step; at <= toMillis; at += step) {
      Instant time = Instant.ofEpochMilli(at);
      ticks.add(new Tick(at, (at % DAY == 0 ? DATE : format).format(time)));
    }
    return ticks;
  }

  /** {@code 1 Jan 12:00}. */
  static String moment(long millis) {
    Instant time = Instant.ofEpochMilli(millis);
    return DATE.format(time) + " " + MINUTE.format(time);
  }
}
