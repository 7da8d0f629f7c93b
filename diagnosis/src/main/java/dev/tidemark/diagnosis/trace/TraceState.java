package dev.tidemark.diagnosis.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept while a trace is read. Not for several threads. */
final class TraceState {
  private static final int MOST_GOROUTINES = 1_000_000;
  private static final int MOST_FUNCTIONS = 1000;
  private static final double NANO = 1e-9;

  /** Start functions beyond the bound. */
  private static final String OTHERS = "others";

  /** Goroutines of one start function. */
  private static final class Start {
    final String function;
    @Nullable String place;
    @Nullable String createdAt;
    long created;
    long ended;
    final Map<String, Long> states = new HashMap<>();

    Start(String function) {
      this.function = function;
    }
  }

  /** A goroutine; those that were there before the trace have no start. */
  private static final class Goroutine {
    @Nullable Start start;
    String state = "";
    long readyAt = -1;
  }

  private final Map<Long, Goroutine> goroutines = new HashMap<>();
  private final Map<String, Start> starts = new HashMap<>();
  private final Map<String, Long> open = new HashMap<>();
  private final long[] delays = new long[64 * 8];
  private @Nullable Goroutine unnamed;
  private long events;
  private long first = -1;
  private long last;
  private long created;
  private long ended;
  private long leftOut;
  private long cycles;
  private long marking;
  private long stops;
  private long stopped;
  private long longestStop;
  private long assists;
  private long delayCount;
  private long longestDelay;

  void accept(TraceEvent event, String line) {
    events++;
    first = first < 0 ? event.at() : Math.min(first, event.at());
    last = Math.max(last, event.at());
    unnamed = null;
    if (event.goroutine() >= 0) {
      transition(event);
    } else if (event.kind().equals("RangeBegin") && open.size() < MOST_GOROUTINES) {
      open.put(key(event, line), event.at());
    } else if (event.kind().equals("RangeEnd")) {
      Long began = open.remove(key(event, line));
      range(event.name(), began == null ? 0 : Math.max(0, event.at() - began));
    }
  }

  private static String key(TraceEvent event, String line) {
    int scope = line.indexOf(" Scope=");
    int end = scope < 0 ? -1 : line.indexOf(' ', scope + 1);
    return event.name() + (scope < 0 ? "" : line.substring(scope, end < 0 ? line.length() : end));
  }

  private void range(String name, long nanos) {
    if (name.equals("GC concurrent mark phase")) {
      cycles++;
      marking += nanos;
    } else if (name.startsWith("stop-the-world")) {
      stops++;
      stopped += nanos;
      longestStop = Math.max(longestStop, nanos);
    } else if (name.equals("GC mark assist")) {
      assists += nanos;
    }
  }

  private void transition(TraceEvent event) {
    Goroutine goroutine = goroutines.get(event.goroutine());
    if (goroutine == null) {
      if (goroutines.size() >= MOST_GOROUTINES) {
        leftOut += event.from().equals("NotExist") ? 1 : 0;
        return;
      }
      goroutine = new Goroutine();
      goroutines.put(event.goroutine(), goroutine);
    }
    if (event.from().equals("NotExist")) {
      created++;
      unnamed = goroutine;
    }
    if (event.to().equals("NotExist")) {
      goroutines.remove(event.goroutine());
      Start start = goroutine.start;
      if (start != null) {
        ended++;
        start.ended++;
      }
      return;
    }
    if (event.to().equals("Running") && goroutine.readyAt >= 0) {
      delay(event.at() - goroutine.readyAt);
    }
    goroutine.readyAt = event.to().equals("Runnable") ? event.at() : -1;
    goroutine.state =
        event.to().equals("Waiting") && !event.reason().isEmpty()
            ? event.reason()
            : event.to().toLowerCase(java.util.Locale.ROOT);
  }

  /** Into buckets an eighth of a power of two wide. */
  private void delay(long nanos) {
    long value = Math.max(1, nanos);
    int power = 63 - Long.numberOfLeadingZeros(value);
    int eighth = power < 3 ? 0 : (int) (value >> (power - 3)) & 7;
    delays[power * 8 + eighth]++;
    delayCount++;
    longestDelay = Math.max(longestDelay, nanos);
  }

  /** The first frame of the stack of a goroutine that was just created. */
  void startsAt(String function, String place) {
    Goroutine goroutine = unnamed;
    if (goroutine == null || goroutine.start != null) {
      return;
    }
    boolean room = starts.size() < MOST_FUNCTIONS || starts.containsKey(function);
    Start start = starts.computeIfAbsent(room ? function : OTHERS, Start::new);
    start.place = start.place == null ? place : start.place;
    start.created++;
    goroutine.start = start;
  }

  /** Where a goroutine that was just created was created. */
  void createdAt(String place) {
    Goroutine goroutine = unnamed;
    if (goroutine != null && goroutine.start != null && goroutine.start.createdAt == null) {
      goroutine.start.createdAt = place;
    }
  }

  long events() {
    return events;
  }

  long created() {
    return created;
  }

  long ended() {
    return ended;
  }

  long leftOut() {
    return leftOut;
  }

  double seconds() {
    return first < 0 ? 0 : (last - first) * NANO;
  }

  TraceReport.Collections collections() {
    return new TraceReport.Collections(
        cycles, marking * NANO, stops, stopped * NANO, longestStop * NANO, assists * NANO);
  }

  TraceReport.Delays delays() {
    return new TraceReport.Delays(
        delayCount, quantile(0.5), quantile(0.99), delayCount == 0 ? null : longestDelay * NANO);
  }

  private @Nullable Double quantile(double q) {
    long seen = 0;
    for (int i = 0; i < delays.length && delayCount > 0; i++) {
      seen += delays[i];
      if (seen >= Math.ceil(q * delayCount)) {
        double middle = Math.scalb(1 + (i % 8 + 0.5) / 8, i / 8);
        return Math.min(middle, (double) longestDelay) * NANO;
      }
    }
    return null;
  }

  /** By start function, the most that are alive first. */
  List<TraceReport.Starts> starts() {
    for (Goroutine goroutine : goroutines.values()) {
      if (goroutine.start != null) {
        goroutine.start.states.merge(goroutine.state, 1L, Long::sum);
      }
    }
    List<TraceReport.Starts> all = new ArrayList<>();
    for (Start start : starts.values()) {
      List<TraceReport.State> states = new ArrayList<>();
      start.states.forEach((state, count) -> states.add(new TraceReport.State(state, count)));
      states.sort(
          Comparator.comparingLong(TraceReport.State::count)
              .reversed()
              .thenComparing(TraceReport.State::state));
      all.add(
          new TraceReport.Starts(
              start.function,
              start.place,
              start.createdAt,
              start.created,
              start.ended,
              start.created - start.ended,
              states));
    }
    all.sort(
        Comparator.comparingLong(TraceReport.Starts::alive)
            .reversed()
            .thenComparing(TraceReport.Starts::function));
    return all;
  }
}
