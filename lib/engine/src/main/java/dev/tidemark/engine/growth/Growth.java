package dev.tidemark.engine.growth;

import dev.tidemark.engine.GrowthConfig;
import dev.tidemark.engine.HorizonGrowth;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.LeakState;
import dev.tidemark.engine.Part;
import dev.tidemark.engine.Reduce;
import dev.tidemark.engine.Sample;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Growth of one series over all its horizons, within one segment at a time. The verdict of the
 * series is the strongest of its horizons; its slope that of the shortest that says so.
 */
public final class Growth {
  private static final long NOT_SEEN = Long.MIN_VALUE;

  /** Points whose lowest is the level a process begins with. */
  private static final int BIRTH_POINTS = 3;

  private final boolean slow;
  private final Segments segments;
  private final List<Horizon> horizons = new ArrayList<>();
  private List<HorizonGrowth> cached = List.of();
  private @Nullable HorizonGrowth leading;
  private LeakState state = LeakState.NONE;
  private long seenFrom = NOT_SEEN;
  private double birth = Double.NaN;
  private int birthPoints;
  private boolean fell;

  public Growth(JudgeConfig config, Reduce reduce) {
    slow = config.uses(Part.SLOW);
    segments = new Segments(config.growth().warmUp().toMillis(), config.interval().toMillis());
    GrowthConfig.Gates gates = config.growth().gates();
    Gauntlet gauntlet = new Gauntlet(config);
    for (Duration horizon : config.growth().horizons()) {
      horizons.add(new Horizon(horizon, gates, gauntlet, reduce));
    }
    if (!horizons.isEmpty()) {
      horizons.add(Horizon.ofDays(gates, gauntlet, reduce));
    }
    refresh();
  }

  /**
   * Takes the next sample.
   *
   * @return whether a new process begins with it, or may have begun in the gap before
   */
  public boolean add(Sample sample, Surroundings around) {
    long time = sample.timeMillis();
    String ended = segments.next(time, sample.startMillis());
    boolean restarted = !ended.isEmpty();
    if (restarted) {
      restart(ended);
    }
    if (seenFrom == NOT_SEEN) {
      seenFrom = time;
    }
    boolean changed = false;
    fell = false;
    boolean warm = !segments.warmingUp(time);
    for (int i = 0; i < horizons.size(); i++) {
      Horizon horizon = horizons.get(i);
      if (horizon.add(time, sample.value())) {
        if (i == 0 && warm) {
          birth = bornAt(horizon.newest());
          fell = !segments.startKnown() && horizon.fellByHalf(around.smallestBand());
        }
        if (i < horizons.size() - 1 || slow) {
          horizon.weigh(new Life(birth, seenFrom, segments.warmUntil()), this::whole, around);
          changed = true;
        }
      }
    }
    if (fell) {
      segments.fell(time);
      restart("it fell by half");
    }
    if (changed) {
      refresh();
    }
    return restarted;
  }

  /** Whether the last sample completed a fall by half, which is taken for a new process too. */
  public boolean fell() {
    return fell;
  }

  private double bornAt(double point) {
    return birthPoints++ < BIRTH_POINTS && !(birth <= point) ? point : birth;
  }

  /** The longest view of the process that has a shape. */
  private @Nullable Points whole() {
    for (int i = horizons.size() - 1; i >= 0; i--) {
      Points points = horizons.get(i).watched(segments.warmUntil());
      if (points != null) {
        return points;
      }
    }
    return null;
  }

  private void restart(String reason) {
    horizons.forEach(h -> h.clear(reason));
    birth = Double.NaN;
    birthPoints = 0;
    seenFrom = NOT_SEEN;
    refresh();
  }

  private void refresh() {
    cached = horizons.stream().map(Horizon::growth).toList();
    leading = null;
    state = LeakState.NONE;
    for (HorizonGrowth h : cached) {
      state = h.state().code() > state.code() ? h.state() : state;
      leading = leading == null || rank(h) > rank(leading) ? h : leading;
    }
  }

  /** Whether the segment is younger than its warm-up. */
  public boolean warmingUp(long timeMillis) {
    return segments.warmingUp(timeMillis);
  }

  /** Every horizon, shortest first, as of its last complete block. */
  public List<HorizonGrowth> horizons() {
    return cached;
  }

  /** The strongest of all horizons. */
  public LeakState state() {
    return state;
  }

  /**
   * The horizon that speaks for the series: the shortest with the strongest state, where none leaks
   * the shortest that rises, else the shortest with a slope, else the shortest. Null without any.
   */
  public @Nullable HorizonGrowth leading() {
    return leading;
  }

  private static int rank(HorizonGrowth h) {
    int known = Double.isNaN(h.perSecond()) ? 0 : 1;
    return 4 * h.state().code() + (h.rising() ? 2 : known);
  }

  public void encode(DataOutput out) throws IOException {
    segments.encode(out);
    out.writeLong(seenFrom);
    out.writeDouble(birth);
    out.writeInt(birthPoints);
    for (Horizon horizon : horizons) {
      horizon.encode(out);
    }
  }

  /** Restores this, newly made of the same configuration, from what {@link #encode} wrote. */
  public void restore(DataInput in) throws IOException {
    segments.restore(in);
    seenFrom = in.readLong();
    birth = in.readDouble();
    birthPoints = in.readInt();
    for (Horizon horizon : horizons) {
      horizon.restore(in);
    }
    refresh();
  }
}
