package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Replayed;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is tried of an alert: each threshold alone, quieter step by step, with each
 * longer {@code for}. How often an alert fires need not fall with its threshold, for an episode may
 * fall into several, so no step is left out.
 */
final class Trials {
  private static final double HOUR = 3_600_000;

  private final Past past;

  Trials(Past past) {
    this.past = past;
  }

  List<Trial> of(Subject subject) throws PrometheusException {
    Duration interval = subject.service().settings().groupInterval();
    List<String> waits = Knobs.quieter(Knobs.FOR, subject.present(Knobs.FOR), interval);
    List<Trial> trials = new ArrayList<>(row(subject, Values.NONE, 0, waits));
    for (String name : subject.settings().keySet()) {
      if (Knobs.has(name) && !name.equals(Knobs.FOR)) {
        int step = 0;
        for (String value : values(subject, name, interval)) {
          List<Trial> row = row(subject, Values.NONE.and(name, value), ++step, waits);
          if (isIdle(subject, name, value)) {
            break;
          }
          trials.addAll(row);
        }
      }
    }
    return trials;
  }

  private static List<String> values(Subject subject, String name, Duration interval) {
    String present = subject.present(name);
    return present.equals(Knobs.AUTO) && subject.before().heights().isPresent()
        ? growth(subject, subject.before().heights().get())
        : Knobs.quieter(name, present, interval);
  }

  /** The alert's value is the rise over one of its windows. */
  private static List<String> growth(Subject subject, Replayed.Heights heights) {
    try {
      double fast = PromDuration.parse(subject.present("fast")).toMillis() / HOUR;
      double slow = PromDuration.parse(subject.present("slow")).toMillis() / HOUR;
      return Ladder.between(heights.lowest() / slow, heights.highest() / fast);
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  /** Whether the engine of the alert does not look at the parameter. */
  private boolean isIdle(Subject subject, String name, String value) throws PrometheusException {
    return past.of(
            Values.NONE.and(name, value).in(subject.service(), subject.alert()), subject.alert())
        .filter(r -> r.rule().expr().value().equals(subject.before().rule().expr().value()))
        .isPresent();
  }

  private List<Trial> row(Subject subject, Values values, int step, List<String> waits)
      throws PrometheusException {
    List<Trial> row = new ArrayList<>();
    if (step > 0) {
      Optional<Trial> alone = one(subject, values, step);
      if (alone.isEmpty()) {
        return row;
      }
      row.add(alone.get());
    }
    int longer = 0;
    for (String wait : waits) {
      one(subject, values.and(Knobs.FOR, wait), step + ++longer).ifPresent(row::add);
    }
    return row;
  }

  private Optional<Trial> one(Subject subject, Values values, int steps)
      throws PrometheusException {
    return past.of(values.in(subject.service(), subject.alert()), subject.alert())
        .filter(replayed -> replayed.failed().isEmpty())
        .map(replayed -> new Trial(values, steps, replayed.episodes()));
  }
}
