package dev.tidemark.exporter.replay;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads a time: epoch seconds, possibly fractional, or ISO 8601 as {@code 2026-01-31[T| ]12:30[:15
 * [.250]][Z|±hh[[:]mm]]}, where a blank may stand for the T, no zone is UTC, and a date alone is
 * its midnight.
 */
public final class Timestamps {
  /** What {@link #parse} answers where there is no time. */
  public static final long NONE = Long.MIN_VALUE;

  /** Where the engine's time ends: 35,000 years from 1970. */
  private static final double FURTHEST_SECONDS = (double) (1L << 50) / 1000;

  private final byte[] text;
  private final int end;
  private int at;

  private Timestamps(byte[] text, int from, int to) {
    this.text = text;
    this.at = from;
    this.end = to;
  }

  /** Epoch milliseconds, rounded; {@link #NONE} where it is no time or lies beyond the engine's. */
  static long parse(byte[] text, int from, int to) {
    int begin = from;
    int stop = to;
    while (begin < stop && text[begin] == ' ') {
      begin++;
    }
    while (stop > begin && text[stop - 1] == ' ') {
      stop--;
    }
    if (stop - begin >= 10 && text[begin + 4] == '-') {
      return new Timestamps(text, begin, stop).iso();
    }
    double seconds = Decimals.parse(text, begin, stop);
    return Math.abs(seconds) <= FURTHEST_SECONDS ? Math.round(seconds * 1000) : NONE;
  }

  /** As {@link #parse}, of a text. */
  public static long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /** Why {@link #parse} answered {@link #NONE}. */
  static String why(byte[] text, int from, int to) {
    if (from == to) {
      return "no timestamp";
    }
    String shown = shown(text, from, to);
    if (Double.isNaN(Decimals.parse(text, from, to))) {
      return "timestamp " + shown + " is neither epoch seconds nor ISO 8601";
    }
    return "timestamp " + shown + " is too far from 1970; epoch seconds are meant";
  }

  /** A short form of what was found, in quotes. */
  static String shown(byte[] text, int from, int to) {
    int shown = Math.min(to - from, 40);
    String found = new String(text, from, shown, StandardCharsets.UTF_8);
    return '\'' + found + (shown < to - from ? "…" : "") + '\'';
  }

  private long iso() {
    int year = digits(4);
    int month = sign('-') ? digits(2) : -1;
    int day = sign('-') ? digits(2) : -1;
    if (year < 0 || month < 0 || day < 0) {
      return NONE;
    }
    long millis = 0;
    if (at < end && (text[at] == 'T' || text[at] == 't' || text[at] == ' ')) {
      at++;
      millis = timeOfDay();
      if (millis < 0) {
        return NONE;
      }
    }
    int offset = zone();
    if (offset == Integer.MIN_VALUE || at != end) {
      return NONE;
    }
    try {
      return LocalDate.of(year, month, day).toEpochDay() * 86_400_000L + millis - offset * 60_000L;
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  private long timeOfDay() {
    int hour = digits(2);
    int minute = sign(':') ? digits(2) : -1;
    int second = sign(':') ? digits(2) : 0;
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60) {
      return -1;
    }
    long millis = 0;
    if (sign('.') || sign(',')) {
      int begin = at;
      double fraction = 0;
      for (double unit = 100; at < end && text[at] >= '0' && text[at] <= '9'; at++, unit /= 10) {
        fraction += unit * (text[at] - '0');
      }
      if (at == begin) {
        return -1;
      }
      millis = Math.round(fraction);
    }
    return ((hour * 60L + minute) * 60 + second) * 1000 + millis;
  }

  /** Minutes east of UTC; MIN_VALUE where it is no zone. */
  private int zone() {
    while (sign(' ')) {
      // "12:00 +0000", "12:00 Z"
    }
    if (at == end || sign('Z') || sign('z')) {
      return 0;
    }
    int direction = sign('+') ? 1 : sign('-') ? -1 : 0;
    int hours = digits(2);
    boolean colon = sign(':');
    int minutes = at < end || colon ? digits(2) : 0;
    boolean plausible = hours >= 0 && hours <= 18 && minutes >= 0 && minutes < 60;
    return direction == 0 || !plausible ? Integer.MIN_VALUE : direction * (hours * 60 + minutes);
  }

  private boolean sign(char wanted) {
    if (at < end && text[at] == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /** As many digits as asked for; negative where there are others. */
  private int digits(int count) {
    int number = 0;
    for (int i = 0; i < count; i++, at++) {
      if (at >= end || text[at] < '0' || text[at] > '9') {
        return -1;
      }
      number = number * 10 + text[at] - '0';
    }
    return number;
  }
}
