package dev.tidemark.rules.route;

import dev.tidemark.rules.spec.TimeIntervalSpec;
import dev.tidemark.rules.spec.TimeIntervalSpec.Period;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes time intervals as Alertmanager reads them. */
final class TimeIntervals {
  private TimeIntervals() {}

  static Map<String, Object> document(TimeIntervalSpec interval) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", interval.name().value());
    document.put(
        "time_intervals", interval.timeIntervals().stream().map(TimeIntervals::period).toList());
    return document;
  }

  private static Map<String, Object> period(Period period) {
    Map<String, Object> document = new LinkedHashMap<>();
    if (!period.times().isEmpty()) {
      document.put(
          "times",
          period.times().stream()
              .map(
                  times -> {
                    Map<String, Object> range = new LinkedHashMap<>();
                    range.put("start_time", times.startTime().value());
                    range.put("end_time", times.endTime().value());
                    return range;
                  })
              .toList());
    }
    put(document, "weekdays", period.weekdays());
    put(document, "days_of_month", period.daysOfMonth());
    put(document, "months", period.months());
    put(document, "years", period.years());
    Placed<String> location = period.location();
    if (location != null) {
      document.put("location", location.value());
    }
    return document;
  }

  private static void put(Map<String, Object> document, String key, List<Placed<String>> ranges) {
    if (!ranges.isEmpty()) {
      document.put(key, ranges.stream().map(Placed::value).toList());
    }
  }
}
