package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.Spec;
import dev.tidemark.rules.spec.TimeIntervalSpec;
import dev.tidemark.rules.spec.TimeIntervalSpec.Period;
import dev.tidemark.rules.spec.TimeIntervalSpec.Times;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Checks time intervals as Alertmanager would, before it refuses the whole file. Source:
 * timeinterval/timeinterval.go of Alertmanager.
 */
final class TimeIntervals {
  private static final Pattern TIME = Pattern.compile("(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,4}");
  private static final List<String> WEEKDAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  /** No such day, month or year. */
  private static final int NONE = Integer.MIN_VALUE;

  private static final int SHORTEST_MONTH = 28;

  private final Spec spec;
  private final Complaints complaints;
  private final Names names;

  TimeIntervals(Spec spec, Complaints complaints) {
    this.spec = spec;
    this.complaints = complaints;
    this.names = new Names(complaints);
  }

  void check() {
    names.unique(
        "the time interval", spec.timeIntervals().stream().map(TimeIntervalSpec::name).toList());
    for (TimeIntervalSpec interval : spec.timeIntervals()) {
      names.visible("name", interval.name());
      interval.timeIntervals().forEach(this::period);
      if (interval.timeIntervals().isEmpty()) {
        complaints.add(interval.name(), "timeIntervals: needs at least one period");
      }
    }
  }

  /** Names of time intervals that a team uses. */
  void known(String key, List<Placed<String>> said) {
    names.unique(key + ":", said);
    List<String> known =
        spec.timeIntervals().stream().map(TimeIntervalSpec::name).map(Placed::value).toList();
    for (Placed<String> name : said) {
      if (!known.contains(name.value()) && spec.knowsNames()) {
        complaints.add(
            name, key + ": " + ModelBuilder.unknown("time interval", name.value(), known));
      }
      if (key.equals("activeTimes") && !Feature.TIME_INTERVALS.isIn(spec.target())) {
        complaints.add(name, key + ": " + Feature.TIME_INTERVALS.missing(spec.target()));
      }
    }
  }

  private void period(Period period) {
    period.times().forEach(this::times);
    period.weekdays().forEach(r -> range("weekdays", r, "monday:friday", this::weekday));
    period.daysOfMonth().forEach(r -> range("daysOfMonth", r, "1:5 or -3:-1", this::day));
    period.months().forEach(r -> range("months", r, "january:march or 1:3", this::month));
    period.years().forEach(r -> range("years", r, "2026:2028", this::year));
    Placed<String> location = period.location();
    if (location == null) {
      return;
    }
    if (!isZone(location.value())) {
      complaints.add(
          location,
          "location: found "
              + Shown.text(location.value())
              + ", needs a time zone such as Europe/Berlin or UTC");
    }
    if (!Feature.LOCATION.isIn(spec.target())) {
      complaints.add(location, "location: " + Feature.LOCATION.missing(spec.target()));
    }
  }

  private void times(Times times) {
    boolean right = true;
    for (Placed<String> time : List.of(times.startTime(), times.endTime())) {
      if (!TIME.matcher(time.value()).matches()) {
        right = false;
        complaints.add(
            time,
            "times: found " + Shown.text(time.value()) + ", needs a time from 00:00 to 24:00");
      }
    }
    if (right && times.startTime().value().compareTo(times.endTime().value()) >= 0) {
      complaints.add(
          times.place(),
          "times: the end must be after the start; a night is two of them, until 24:00 and from"
              + " 00:00");
    }
  }

  /** What a member of a range is worth, or {@link #NONE}. */
  private interface Member {
    int of(String text);
  }

  private void range(String key, Placed<String> range, String example, Member member) {
    String[] parts = range.value().toLowerCase(Locale.ROOT).split(":", -1);
    int begin = member.of(parts[0]);
    int end = member.of(parts[parts.length - 1]);
    if (parts.length > 2 || begin == NONE || end == NONE) {
      complaints.add(
          range, key + ": found " + Shown.text(range.value()) + ", needs such as " + example);
    } else if (begin < 0 && end > 0) {
      complaints.add(range, key + ": a range that starts from the end must end there too");
    } else if (fromStart(begin) > fromStart(end)) {
      complaints.add(
          range,
          key
              + ": found "
              + Shown.text(range.value())
              + ", which ends before it begins; say two ranges");
    }
  }

  /** Days counted from the end, as in the shortest month. */
  private static int fromStart(int member) {
    return member < 0 ? SHORTEST_MONTH + member : member;
  }

  private int weekday(String text) {
    int index = WEEKDAYS.indexOf(text);
    return index < 0 ? NONE : index;
  }

  private int day(String text) {
    int day = number(text);
    return day == NONE || day == 0 || Math.abs(day) > 31 ? NONE : day;
  }

  private int month(String text) {
    int index = MONTHS.indexOf(text);
    int month = index < 0 ? number(text) : index + 1;
    return month < 1 || month > 12 ? NONE : month;
  }

  private int year(String text) {
    int year = number(text);
    return year < 0 ? NONE : year;
  }

  private static int number(String text) {
    return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : NONE;
  }

  private static boolean isZone(String text) {
    boolean isNamed = text.equals("UTC") || text.contains("/");
    return isNamed && !text.startsWith("SystemV/") && ZoneId.getAvailableZoneIds().contains(text);
  }
}
