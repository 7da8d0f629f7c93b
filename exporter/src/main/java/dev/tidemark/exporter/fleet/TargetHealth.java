package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Judgement;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.health.ProcessMemory;
import dev.tidemark.exporter.health.RestartWatch;
import dev.tidemark.exporter.health.Vitals;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is observed of a target beside its series. */
final class TargetHealth {
  double[] facts = {};
  ProcessMemory memory = new ProcessMemory();
  RestartWatch watch = new RestartWatch();

  /** A fact, as of the last look. */
  void put(int place, int places, double value) {
    if (facts.length < places) {
      facts = new double[places];
      Arrays.fill(facts, Double.NaN);
    }
    facts[place] = value;
  }

  /** A fact that is not told any more. */
  void forget(int place) {
    if (place < facts.length) {
      facts[place] = Double.NaN;
    }
  }

  /**
   * All that is known of the target at a slot.
   *
   * @param series the places of what is judged, by id
   * @param places of the facts, by id
   * @param at the slot, and how old a sample may be
   */
  static Vitals vitals(
      TargetState target, Map<String, Integer> series, Map<String, Integer> places, Slot at) {
    return new Vitals() {
      @Override
      public double value(String id) {
        Judgement judged = judged(id);
        if (judged != null) {
          return judged.value();
        }
        Integer place = places.get(id);
        double[] facts = target.health.facts;
        return place == null || place >= facts.length ? Double.NaN : facts[place];
      }

      @Override
      public @Nullable Judgement judged(String id) {
        Integer place = series.get(id);
        SeriesState state = place == null ? null : target.series[place];
        return state == null || state.lastSlot < at.freshFrom() ? null : state.last;
      }

      @Override
      public long ageMillis() {
        long start = target.startMillis();
        return start == 0 ? -1 : Math.max(0, at.slot() - start);
      }

      @Override
      public ProcessMemory memory() {
        return target.health.memory;
      }
    };
  }

  /** A moment, and from when on a sample is fresh enough for it; epoch milliseconds. */
  record Slot(long slot, long freshFrom) {}

  void write(DataOutput out) throws IOException {
    memory.encode(out);
    watch.encode(out);
    memory.encodeRhythm(out);
  }

  /** The release before wrote less. */
  void read(BlockInput in) throws IOException {
    memory = ProcessMemory.decode(in);
    watch = RestartWatch.decode(in);
    if (in.hasMore()) {
      memory.decodeRhythm(in);
    }
  }
}
