package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A name for times, as Alertmanager has them: any of the periods. */
public record TimeIntervalSpec(Placed<String> name, @Default("[]") List<Period> timeIntervals) {
  /**
   * Times to which all of this applies; an empty list is any.
   *
   * @param location a name of the time zone database; without one UTC
   */
  public record Period(
      Place place,
      @Default("[]") List<Times> times,
      @Default("[]") List<Placed<String>> weekdays,
      @Default("[]") List<Placed<String>> daysOfMonth,
      @Default("[]") List<Placed<String>> months,
      @Default("[]") List<Placed<String>> years,
      @Nullable Placed<String> location) {}

  /** From a time of the day, {@code 09:00}, to a later one, at most {@code 24:00}. */
  public record Times(Place place, Placed<String> startTime, Placed<String> endTime) {}
}
