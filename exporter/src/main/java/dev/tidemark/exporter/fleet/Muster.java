package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judge;
import dev.tidemark.signals.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who of a chunk is judged, by workload, and who may become so. True until a series is freed; then
 * everybody is mustered again.
 */
final class Muster {
  /** Fewer samples are judged sooner than other threads wake up. */
  private static final int FEW = 2_000;

  /** Samples a span, so that who wants to look or to stop waits a second or two. */
  private static final int MANY = 1_000_000;

  private static final Comparator<Lane> BY_NAME =
      Comparator.comparing((Lane lane) -> lane.name()).thenComparingInt(lane -> lane.signal);

  private final Fleet fleet;

  /** Lanes without a series, but those that were turned away: nobody leaves, so they always are. */
  private final List<Lane> waiting = new ArrayList<>();

  private final Map<WorkloadState, Company> byWorkload = new HashMap<>();

  /** Largest first, so that no thread begins with it when the others end. */
  private final List<Company> companies = new ArrayList<>();

  private int size;

  Muster(List<Lane> lanes, Fleet fleet) {
    this.fleet = fleet;
    for (Lane lane : lanes) {
      TargetState target = lane.target(fleet.census);
      SeriesState series = target == null ? null : target.series[lane.signal];
      if (target == null || series == null) {
        waiting.add(lane);
      } else {
        join(lane, target, series);
      }
    }
    order();
  }

  private void join(Lane lane, TargetState target, SeriesState series) {
    byWorkload.computeIfAbsent(target.workload, this::company).join(lane, target, series, fleet);
    size++;
  }

  private Company company(WorkloadState workload) {
    Company company = new Company(workload);
    companies.add(company);
    return company;
  }

  private void order() {
    companies.sort(Comparator.comparingInt(Company::size).reversed());
  }

  /** The first place from this one on with a sample of somebody who is not judged yet. */
  int newcomer(int from) {
    int first = Lane.NEVER;
    for (Lane lane : waiting) {
      if (lane.target(fleet.census) != null) {
        first = Math.min(first, lane.next(from));
      }
    }
    return first;
  }

  /** Lets in the newcomers of a slot that fit the bounds, in the order of their names. */
  void admit(int place, long slot) {
    List<Lane> newcomers = new ArrayList<>();
    for (Lane lane : waiting) {
      if (lane.target(fleet.census) != null && lane.next(place) == place) {
        newcomers.add(lane);
      }
    }
    if (newcomers.isEmpty()) {
      return;
    }
    waiting.removeAll(newcomers);
    newcomers.sort(BY_NAME);
    for (Lane lane : newcomers) {
      admit(lane, lane.target(fleet.census), slot);
    }
    order();
  }

  private void admit(Lane lane, @Nullable TargetState target, long slot) {
    if (target != null && fleet.census.admits(target, lane.signal)) {
      Signal signal = fleet.shape.signals().get(lane.signal);
      Judge judge = new Judge(FleetShape.series(signal), fleet.shape.judge());
      SeriesState series = new SeriesState(signal, lane.signal, judge, slot);
      series.forecaster = fleet.shape.forecaster(signal);
      target.series[lane.signal] = series;
      join(lane, target, series);
    }
  }

  /** How many slots may be judged together. */
  int mostSlots() {
    return Math.max(1, MANY / Math.max(1, size));
  }

  void judge(Span span) {
    if ((long) size * span.slots() < FEW) {
      companies.forEach(company -> company.judge(span, fleet));
    } else {
      fleet.crew.work(companies.stream().<Runnable>map(c -> () -> c.judge(span, fleet)).toList());
    }
    for (Company company : companies) {
      for (int i = company.takeIgnored(); i > 0; i--) {
        fleet.listener.sampleIgnored();
      }
    }
  }
}
