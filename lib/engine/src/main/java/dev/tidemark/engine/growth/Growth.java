package dev.tidemark.engine.growth;

import dev.tidemark.engine.HorizonGrowth;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.LeakState;
import dev.tidemark.engine.Reduce;
import dev.tidemark.engine.Sample;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Growth of one series over all its horizons, within one segment at a time. The verdict of the
 * series is the strongest of its horizons; its slope that of the shortest that says so.
 */
public final class Growth {
  private final Segments segments;
  private final List<Horizon> horizons = new ArrayList<>();
  private List<HorizonGrowth> cached = List.of();

  public Growth(JudgeConfig config, Reduce reduce) {
    segments = new Segments(config.growth().warmUp().toMillis(), config.interval().toMillis());
    config.growth().horizons().forEach(h -> horizons.add(new Horizon(h, config, reduce)));
    refresh();
  }

  /**
   * Takes the next sample.
   *
   * @return whether a new process begins with it
   */
  public boolean add(Sample sample, Surroundings around) {
    long time = sample.timeMillis();
    boolean restarted = segments.next(time, sample.startMillis());
    if (restarted) {
      restart("the process started anew");
    }
    if (segments.warmingUp(time)) {
      return restarted;
    }
    boolean changed = false;
    boolean fell = false;
    for (int i = 0; i < horizons.size(); i++) {
      Horizon horizon = horizons.get(i);
      boolean completed = horizon.add(time, sample.value(), around);
      changed |= completed;
      if (i == 0 && completed && !segments.startKnown()) {
        fell = horizon.fellByHalf(around.smallestBand());
      }
    }
    if (fell) {
      segments.fell(time);
      restart("it fell by half");
    }
    if (changed) {
      refresh();
    }
    return restarted || fell;
  }

  private void restart(String reason) {
    horizons.forEach(h -> h.clear(reason));
    refresh();
  }

  private void refresh() {
    cached = horizons.stream().map(Horizon::growth).toList();
  }

  /** Whether the segment is younger than its warm-up. */
  public boolean warmingUp(long timeMillis) {
    return segments.warmingUp(timeMillis);
  }

  /** Every horizon, shortest first, as of its last complete block. */
  public List<HorizonGrowth> horizons() {
    return cached;
  }

  public LeakState state() {
    LeakState strongest = LeakState.NONE;
    for (HorizonGrowth h : cached) {
      strongest = h.state().code() > strongest.code() ? h.state() : strongest;
    }
    return strongest;
  }

  /**
   * The horizon that speaks for the series: the shortest with the strongest state, where none leaks
   * the shortest that rises, else the shortest with a slope, else the shortest. Null without any.
   */
  public @Nullable HorizonGrowth leading() {
    HorizonGrowth best = null;
    for (HorizonGrowth h : cached) {
      if (best == null || rank(h) > rank(best)) {
        best = h;
      }
    }
    return best;
  }

  private static int rank(HorizonGrowth h) {
    int known = Double.isNaN(h.perSecond()) ? 0 : 1;
    return 4 * h.state().code() + (h.rising() ? 2 : known);
  }

  public void encode(DataOutput out) throws IOException {
    segments.encode(out);
    for (Horizon horizon : horizons) {
      horizon.encode(out);
    }
  }

  /** Restores this, newly made of the same configuration, from what {@link #encode} wrote. */
  public void restore(DataInput in) throws IOException {
    segments.restore(in);
    for (Horizon horizon : horizons) {
      horizon.restore(in);
    }
    refresh();
  }
}
