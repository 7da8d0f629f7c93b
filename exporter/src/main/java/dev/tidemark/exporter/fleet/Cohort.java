package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.PeerGroup;
import dev.tidemark.engine.Peers;
import dev.tidemark.engine.Prior;
import dev.tidemark.engine.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One signal of all members of a workload, in a chunk. They know of one another and of nobody else,
 * so some slots of them are judged before anything of others is. Writes what is its workload's and
 * its members' only.
 */
final class Cohort {
  private final WorkloadState workload;
  private final String signal;
  private final Ward.Watch watch;
  private final List<Member> members = new ArrayList<>();
  private double[] taught = new double[4];

  /** A series and its samples; a limit and a start that hold for some slots. */
  private static final class Member {
    final Lane lane;
    final TargetState target;
    final SeriesState series;
    double limit;
    long start;

    Member(Lane lane, TargetState target, SeriesState series) {
      this.lane = lane;
      this.target = target;
      this.series = series;
    }
  }

  Cohort(WorkloadState workload, String signal, Ward.Watch watch) {
    this.workload = workload;
    this.signal = signal;
    this.watch = watch;
  }

  void join(Lane lane, TargetState target, SeriesState series) {
    members.add(new Member(lane, target, series));
  }

  int size() {
    return members.size();
  }

  /**
   * Judges and teaches, slot by slot: all of a slot is judged before any of it teaches, so that the
   * order of members cannot matter.
   *
   * @return how many samples were ignored
   */
  int judge(Span span, Limits limits, JudgeConfig config) {
    for (Member member : members) {
      member.limit = limits.of(member.target, member.series.place);
      member.start = member.target.startMillis();
    }
    WorkloadState.Lore lore = workload.lore(signal, config);
    int ignored = 0;
    for (int i = span.from(); i < span.to(); i++) {
      ignored += judge(i, span.slot(i), lore);
    }
    return ignored;
  }

  private int judge(int place, long slot, WorkloadState.Lore lore) {
    PeerGroup group = lore.group;
    Prior prior = null;
    Peers peers = null;
    int samples = 0;
    int ignored = 0;
    int teaching = 0;
    for (Member member : members) {
      double value = member.lane.at(place);
      if (Double.isNaN(value)) {
        continue;
      }
      if (samples++ == 0) { // nobody of this slot teaches yet
        prior = lore.prior(slot);
        peers = group.peers(slot);
      }
      SeriesState series = member.series;
      series.limit = member.limit;
      Sample sample = new Sample(slot, value, member.limit, member.start);
      Judgement judgement = series.judge.observe(sample, prior, peers);
      if (judgement.ignored()) {
        ignored++;
        continue;
      }
      series.last = judgement;
      series.lastSlot = slot;
      member.target.lastSign = Math.max(member.target.lastSign, slot);
      watch.sampled(member.target, slot, value);
      if (series.forecaster != null) {
        series.forecaster.observe(sample);
      }
      group.add(value);
      if (series.judge.teaches()) {
        teaching = teach(value, teaching);
      }
    }
    if (teaching > 0) {
      workload.teach(lore, slot, taught, teaching);
    }
    if (samples > ignored) {
      group.close(slot);
    }
    return ignored;
  }

  private int teach(double value, int count) {
    if (count == taught.length) {
      taught = Arrays.copyOf(taught, 2 * count);
    }
    taught[count] = value;
    return count + 1;
  }
}
