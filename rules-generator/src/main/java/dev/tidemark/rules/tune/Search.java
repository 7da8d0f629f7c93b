package dev.tidemark.rules.tune;

import dev.tidemark.rules.history.Episode;
import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.spec.Rate;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a budget does not hold on the whole past, makes its loudest alert quieter, a step at a
 * time, until the budget holds on the part that is learnt from. Of what is quieter it takes what
 * sees the episodes that mattered soonest, then what changes least; what does not see them in time
 * is refused.
 */
public final class Search {
  private final Trials trials;
  private final Parts parts;
  private final Routing routing;
  private final Consumer<String> progress;
  private final Map<String, List<Trial>> tried = new HashMap<>();

  /**
   * @param progress is told which alert is at
   */
  public Search(Past past, Parts parts, Routing routing, Consumer<String> progress) {
    this.trials = new Trials(past);
    this.parts = parts;
    this.routing = routing;
    this.progress = progress;
  }

  /**
   * @throws PrometheusException where the server does not answer
   */
  public Outcome of(Pool pool) throws PrometheusException {
    Map<String, Trial> now = new HashMap<>();
    for (Subject subject : pool.subjects()) {
      now.put(subject.key(), new Trial(Values.NONE, 0, subject.before().episodes()));
    }
    List<Subject> open = new ArrayList<>(pool.subjects());
    open.removeIf(subject -> !subject.free() || subject.before().failed().isPresent());
    while (!open.isEmpty() && isOver(pool.budget(), now)) {
      Subject loudest =
          open.stream().max(Comparator.comparingInt(s -> told(trial(now, s)))).orElseThrow();
      Optional<Trial> next =
          told(trial(now, loudest)) == 0 ? Optional.empty() : next(loudest, trial(now, loudest));
      if (next.isPresent()) {
        now.put(loudest.key(), next.get());
      } else {
        open.remove(loudest);
      }
    }
    boolean over = isOver(pool.budget(), now);
    List<Tuned> alerts = new ArrayList<>();
    for (Subject subject : pool.subjects()) {
      Trial trial = trial(now, subject);
      alerts.add(
          new Tuned(
              subject,
              trial.values(),
              trial.episodes(),
              tried.getOrDefault(subject.key(), List.of()).size(),
              over ? refused(subject, trial) : Optional.empty()));
    }
    return Outcome.of(pool, alerts, parts, routing);
  }

  /**
   * Whether there is more to make quieter. Each part's allowance is rounded up, so both together
   * may be more than the whole's: then the part learnt from leaves the other its own.
   */
  private boolean isOver(Rate budget, Map<String, Trial> now) {
    long whole = budget.allowed(parts.whole());
    int learnt = told(now);
    boolean holds = Outcome.told(all(now), routing) <= whole;
    boolean isNow = now.values().stream().allMatch(trial -> trial.values().said().isEmpty());
    return holds
        ? !isNow && learnt > budget.allowed(parts.learnt())
        : learnt > whole - budget.allowed(parts.heldOut());
  }

  /** The least change that is quieter. */
  private Optional<Trial> next(Subject subject, Trial present) throws PrometheusException {
    List<Mattered> must = must(subject);
    return tried(subject).stream()
        .filter(trial -> told(trial) < told(present))
        .filter(trial -> trial.loses(must).isEmpty())
        .min(cost(must));
  }

  private Comparator<Trial> cost(List<Mattered> must) {
    return Comparator.comparing((Trial trial) -> trial.late(must))
        .thenComparingInt(Trial::steps)
        .thenComparingInt((Trial trial) -> told(trial))
        .thenComparing(trial -> trial.values().said().toString());
  }

  /** What would have been quieter, had it not lost what mattered. */
  private Optional<String> refused(Subject subject, Trial present) {
    List<Mattered> must = must(subject);
    return tried.getOrDefault(subject.key(), List.of()).stream()
        .filter(trial -> told(trial) < told(present))
        .min(Comparator.comparingInt((Trial trial) -> told(trial)).thenComparing(cost(must)))
        .map(
            trial -> {
              Mattered lost = trial.loses(must).get(0);
              return "%s would be told %d times, and not see in time %s of %s (%s)"
                  .formatted(
                      trial.values().said(),
                      told(trial),
                      lost.episode().from(),
                      lost.episode().labels(),
                      lost.why());
            });
  }

  /** Of the part held out only what somebody asked for: the rest is to judge by. */
  private List<Mattered> must(Subject subject) {
    return subject.mattered().stream()
        .filter(m -> m.asked() || parts.isLearnt(m.episode()))
        .toList();
  }

  private List<Trial> tried(Subject subject) throws PrometheusException {
    List<Trial> known = tried.get(subject.key());
    if (known == null) {
      progress.accept(subject.before().name());
      known = trials.of(subject);
      tried.put(subject.key(), known);
    }
    return known;
  }

  private static Trial trial(Map<String, Trial> now, Subject subject) {
    Trial trial = now.get(subject.key());
    if (trial == null) {
      throw new IllegalStateException("not of the pool: " + subject.before().name());
    }
    return trial;
  }

  private int told(Map<String, Trial> now) {
    return Outcome.told(parts.learnt(all(now)), routing);
  }

  private static List<Episode> all(Map<String, Trial> now) {
    return now.values().stream().flatMap(trial -> trial.episodes().stream()).toList();
  }

  private int told(Trial trial) {
    return Outcome.told(parts.learnt(trial.episodes()), routing);
  }
}
