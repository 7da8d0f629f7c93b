package dev.tidemark.rules.history;

import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.spec.TimeIntervalSpec;
import dev.tidemark.rules.spec.TimeIntervalSpec.Period;
import dev.tidemark.rules.spec.TimeIntervalSpec.Times;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * When teams are not told. Alertmanager drops what it would send in such a time, and tells of what
 * still fires at the end of it. Source: ContainsTime in timeinterval/timeinterval.go, and the time
 * stages of notify/notify.go. Pure.
 */
public final class MuteTimes {
  /** Times have no seconds. */
  private static final Duration STEP = Duration.ofMinutes(1);

  private final Map<String, List<Period>> periods = new HashMap<>();
  private final Map<String, Routing.Team> teams = new HashMap<>();

  private MuteTimes(Routing routing) {
    for (TimeIntervalSpec interval : routing.timeIntervals()) {
      periods.put(interval.name().value(), interval.timeIntervals());
    }
    for (Routing.Team team : routing.teams()) {
      if (!team.muted().isEmpty() || !team.active().isEmpty()) {
        teams.put(team.name(), team);
      }
    }
  }

  /** Of all teams of a specification. */
  public static MuteTimes of(Routing routing) {
    return new MuteTimes(routing);
  }

  /** When the team of an episode is told of it; empty where it is resolved before. */
  public Optional<Instant> told(Episode episode) {
    Routing.Team team = teams.get(episode.labels().getOrDefault("team", ""));
    if (team == null) {
      return Optional.of(episode.from());
    }
    Instant at = episode.from();
    do {
      if (!isMuted(team, at)) {
        return Optional.of(at);
      }
      // whole minutes from the first on, for there a time ends
      at = Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), 60) * 60).plus(STEP);
    } while (at.isBefore(episode.to()));
    return Optional.empty();
  }

  private boolean isMuted(Routing.Team team, Instant at) {
    return isIn(team.muted(), at) || (!team.active().isEmpty() && !isIn(team.active(), at));
  }

  private boolean isIn(List<String> intervals, Instant at) {
    return intervals.stream()
        .flatMap(name -> periods.getOrDefault(name, List.of()).stream())
        .anyMatch(period -> contains(period, at));
  }

  static boolean contains(Period period, Instant at) {
    Placed<String> location = period.location();
    ZonedDateTime time = at.atZone(location == null ? ZoneOffset.UTC : ZoneId.of(location.value()));
    int minute = time.getHour() * 60 + time.getMinute();
    int days = days(time);
    return (period.times().isEmpty()
            || period.times().stream().anyMatch(range -> isWithin(range, minute)))
        && any(period.daysOfMonth(), range -> day(range, days, time.getDayOfMonth()))
        && any(period.months(), range -> in(range, MuteTimes::month, time.getMonthValue()))
        // Sunday is the first day
        && any(
            period.weekdays(),
            range -> in(range, MuteTimes::weekday, time.getDayOfWeek().getValue() % 7))
        && any(period.years(), range -> in(range, Integer::parseInt, time.getYear()));
  }

  /**
   * How many days of 24 hours the month has, which is what Alertmanager takes for its length: of
   * one in which clocks go forward it takes the last day away.
   */
  private static int days(ZonedDateTime time) {
    LocalDate first = time.toLocalDate().withDayOfMonth(1);
    return (int)
        Duration.between(
                first.atStartOfDay(time.getZone()),
                first.plusMonths(1).atStartOfDay(time.getZone()))
            .toDays();
  }

  private interface Holds {
    boolean test(String range);
  }

  private static boolean any(List<Placed<String>> ranges, Holds holds) {
    return ranges.isEmpty()
        || ranges.stream().anyMatch(range -> holds.test(range.value().toLowerCase(Locale.ROOT)));
  }

  private static boolean isWithin(Times range, int minute) {
    return minute >= minutes(range.startTime().value())
        && minute < minutes(range.endTime().value());
  }

  private static int minutes(String time) {
    return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
  }

  private static boolean in(String range, ToIntFunction<String> member, int value) {
    String[] ends = range.split(":", -1);
    return value >= member.applyAsInt(ends[0]) && value <= member.applyAsInt(ends[ends.length - 1]);
  }

  /** Below 0 from the end of the month; what begins behind that is in no such month. */
  private static boolean day(String range, int days, int day) {
    String[] ends = range.split(":", -1);
    int begin = fromStart(Integer.parseInt(ends[0]), days);
    int end = fromStart(Integer.parseInt(ends[ends.length - 1]), days);
    return begin <= days && day >= begin && day <= Math.min(end, days);
  }

  private static int fromStart(int day, int days) {
    return day < 0 ? days + day + 1 : day;
  }

  private static int month(String text) {
    return Character.isDigit(text.charAt(0))
        ? Integer.parseInt(text)
        : Month.valueOf(text.toUpperCase(Locale.ROOT)).getValue();
  }

  private static int weekday(String text) {
    return DayOfWeek.valueOf(text.toUpperCase(Locale.ROOT)).getValue() % 7;
  }
}
