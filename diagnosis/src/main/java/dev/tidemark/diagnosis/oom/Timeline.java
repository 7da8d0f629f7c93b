package dev.tidemark.diagnosis.oom;

import static dev.tidemark.diagnosis.finding.Quantity.bytes;

import dev.tidemark.diagnosis.gomemory.GoMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Puts what happened in order, and says which events the clocks cannot tell apart. */
record Timeline(double window) {
  private record Placed(Moment moment, String source, String what) {
    double seconds() {
      Instant at = moment.at();
      return at == null ? Double.NaN : at.getEpochSecond() + at.getNano() / 1e9;
    }
  }

  List<OomReport.Event> of(Facts facts, List<GoMemory> samples, GoDeath.@Nullable Told death) {
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < facts.kills().size(); i++) {
      Kill kill = facts.kills().get(i);
      String what =
          "the kernel killed %s (%d), %s"
              .formatted(kill.victim(), kill.victimPid(), bytes(kill.resident()));
      placed.add(new Placed(facts.moments().get(i), "kernel log", what));
    }
    if (death != null) {
      placed.add(new Placed(death.moment(), "panic", death.death().message()));
    }
    samples.forEach(sample -> samples(placed, sample));
    placed.sort(Comparator.comparingDouble(Timeline::order));
    List<OomReport.Event> events = new ArrayList<>();
    int group = 0;
    Placed before = null;
    for (Placed event : placed) {
      group += before == null || !isTogether(before, event) ? 1 : 0;
      before = event;
      Moment moment = event.moment();
      events.add(
          new OomReport.Event(
              moment.at() == null ? null : moment.at().toString(),
              moment.uptime(),
              moment.at() == null && moment.uptime() == null
                  ? null
                  : Double.valueOf(moment.uncertainty()),
              moment.clock(),
              event.source(),
              event.what(),
              group));
    }
    return events;
  }

  private static void samples(List<Placed> placed, GoMemory go) {
    OptionalDouble start = go.value("process_start_time_seconds");
    if (isTime(start)) {
      // the process' start in ticks since boot plus the boot time: both whole centiseconds
      placed.add(
          new Placed(
              moment(start.getAsDouble(), 0.02, "process_start_time_seconds"),
              "metrics",
              "the process started"));
    }
    OptionalDouble last = go.value("go_memstats_last_gc_time_seconds");
    if (isTime(last)) {
      placed.add(
          new Placed(
              moment(last.getAsDouble(), 0.001, "wall clock of the process"),
              "metrics",
              "the last collection before Go's figures were taken, which was at most two minutes later"));
    }
  }

  private static boolean isTime(OptionalDouble seconds) {
    return seconds.isPresent() && seconds.getAsDouble() > 1e9 && seconds.getAsDouble() < 1e11;
  }

  private static Moment moment(double seconds, double uncertainty, String clock) {
    return new Moment(Instant.ofEpochMilli((long) (seconds * 1000)), null, uncertainty, clock);
  }

  /** By time; then by time since boot, then what has neither. */
  private static double order(Placed event) {
    if (event.moment().at() != null) {
      return event.seconds();
    }
    Double uptime = event.moment().uptime();
    return uptime == null ? Double.MAX_VALUE : 1e12 + uptime;
  }

  private boolean isTogether(Placed before, Placed event) {
    double apart = event.seconds() - before.seconds();
    Double first = before.moment().uptime();
    Double second = event.moment().uptime();
    if (first != null && second != null) {
      apart = second - first; // the same clock: its steps are exact
      return apart <= window;
    }
    return apart <= window + before.moment().uncertainty() + event.moment().uncertainty();
  }
}
