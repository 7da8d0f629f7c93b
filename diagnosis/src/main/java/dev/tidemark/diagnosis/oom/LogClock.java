package dev.tidemark.diagnosis.oom;

import java.text.DateFormatSymbols;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a line of a log was written: seconds since boot, ISO times, syslog and dmesg -T dates
 * in any language that Java knows month names of.
 */
final class LogClock {
  private static final Pattern UPTIME =
      Pattern.compile("\\[ {0,5}(\\d{1,9}\\.\\d{3,9})(?: <[ \\d.]{1,20}>)?\\]");
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?) ?(Z|[+-]\\d\\d:?\\d\\d)?");

  /** {@code Nov 21 10:00:00}, {@code Sa Nov 21 10:00:00 2026}, {@code 六 11月 21 10:00:00 2026}. */
  private static final Pattern NAMED =
      Pattern.compile(
          "([\\p{L}\\p{M}\\d.]{1,12}) +(\\d{1,2}) (\\d\\d):(\\d\\d):(\\d\\d)(?:\\.\\d+)?(?: (\\d{4}))?");

  /** {@code 21 nov. 10:00:00}. */
  private static final Pattern DAY_FIRST =
      Pattern.compile(
          "(\\d{1,2})\\.? +([\\p{L}\\p{M}.]{2,12}) (?:(\\d{4}) )?(\\d\\d):(\\d\\d):(\\d\\d)");

  private static final int FAR = 160;
  private static final Map<String, Integer> MONTHS = months();

  private final ZoneId zone;
  private final Instant now;
  private final @Nullable Instant boot;

  LogClock(OomOptions options) {
    this.zone = options.zone();
    this.now = options.now();
    this.boot = options.boot();
  }

  /** When a line was written; a moment without a time when it does not say. */
  Moment of(String line) {
    String start = line.substring(0, Math.min(line.length(), FAR));
    Matcher uptime = UPTIME.matcher(start);
    Double seconds = uptime.find() ? Double.valueOf(uptime.group(1)) : null;
    Moment wall = wall(start);
    if (wall.at() != null) {
      return new Moment(wall.at(), seconds, wall.uncertainty(), wall.clock());
    }
    if (seconds != null && boot != null) {
      Instant at = boot.plusNanos(Math.round(seconds * 1e6) * 1000);
      return new Moment(at, seconds, 1, "seconds since boot, boot time as given");
    }
    return seconds == null
        ? Moment.unknown()
        : new Moment(null, seconds, 0.001, "seconds since boot");
  }

  private Moment wall(String start) {
    try {
      Matcher iso = ISO.matcher(start);
      if (iso.find()) {
        return iso(iso);
      }
      Matcher named = NAMED.matcher(start);
      while (named.find()) {
        Integer month = month(named.group(1));
        if (month != null) {
          boolean dmesg = named.group(6) != null;
          return date(
              named.group(6), month, named.group(2), named, 3, dmesg ? "dmesg -T" : "syslog");
        }
      }
      Matcher dayFirst = DAY_FIRST.matcher(start);
      if (dayFirst.find()) {
        Integer month = month(dayFirst.group(2));
        if (month != null) {
          return date(dayFirst.group(3), month, dayFirst.group(1), dayFirst, 4, "syslog");
        }
      }
    } catch (DateTimeException e) {
      return Moment.unknown(); // 31 February
    }
    return Moment.unknown();
  }

  private Moment iso(Matcher iso) {
    String text = iso.group(1) + "T" + iso.group(2).replace(',', '.');
    double uncertainty = iso.group(2).length() > 8 ? 0.001 : 1;
    String offset = iso.group(3);
    try {
      if (offset == null) {
        Instant at = LocalDateTime.parse(text).atZone(zone).toInstant();
        return new Moment(at, null, uncertainty, "wall clock, zone " + zone + " assumed");
      }
      String colon =
          offset.matches("[+-]\\d{4}")
              ? offset.substring(0, 3) + ":" + offset.substring(3)
              : offset;
      return new Moment(
          OffsetDateTime.parse(text + colon).toInstant(), null, uncertainty, "wall clock");
    } catch (DateTimeParseException e) {
      return Moment.unknown();
    }
  }

  private Moment date(
      @Nullable String year, int month, String day, Matcher time, int group, String form) {
    int known = year == null ? now.atZone(zone).getYear() : Integer.parseInt(year);
    Instant at = at(known, month, day, time, group);
    if (year == null && at.isAfter(now.plusSeconds(86_400))) {
      at = at(known - 1, month, day, time, group);
    }
    // dmesg -T adds the uptime to a boot time that it reckons now: it drifts while machines sleep
    String clock = form + ", zone " + zone + " assumed" + (year == null ? ", year assumed" : "");
    return new Moment(at, null, form.equals("syslog") ? 1 : 2, clock);
  }

  private Instant at(int year, int month, String day, Matcher time, int group) {
    return LocalDateTime.of(
            year,
            month,
            Integer.parseInt(day),
            Integer.parseInt(time.group(group)),
            Integer.parseInt(time.group(group + 1)),
            Integer.parseInt(time.group(group + 2)))
        .atZone(zone)
        .toInstant();
  }

  private static @Nullable Integer month(String name) {
    return MONTHS.get(key(name));
  }

  private static String key(String name) {
    return name.replace(".", "").toLowerCase(Locale.ROOT);
  }

  private static Map<String, Integer> months() {
    Map<String, Integer> months = new HashMap<>();
    for (Locale locale : Locale.getAvailableLocales()) {
      DateFormatSymbols symbols = DateFormatSymbols.getInstance(locale);
      for (int i = 0; i < 12; i++) {
        months.putIfAbsent(key(symbols.getShortMonths()[i]), i + 1);
        months.putIfAbsent(key(symbols.getMonths()[i]), i + 1);
      }
    }
    for (int i = 0; i < 12; i++) { // English has the last word, numbers of years do not count
      months.put(key(DateFormatSymbols.getInstance(Locale.ENGLISH).getShortMonths()[i]), i + 1);
      months.put((i + 1) + "月", i + 1);
      months.remove(Integer.toString(i + 1));
    }
    return months;
  }
}
