package dev.tidemark.engine.baseline;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Part;
import dev.tidemark.engine.Trace;
import dev.tidemark.engine.WindowShape;
import dev.tidemark.engine.window.CodeRing;
import dev.tidemark.engine.window.LogCode;
import dev.tidemark.engine.window.Palette;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one series behind their lag.
 *
 * <p>A sample waits in a queue and enters the windows when it is older than the lag. While samples
 * are held back the windows do not move: nothing leaves them because nothing enters, so a leak of
 * three days is still judged against the week before it. When held samples are forgotten, whole
 * days of that time are cut out of the baseline's clock, so that the week before stays a week long
 * and every slot keeps its time of day; whole weeks where two weeks are remembered, so that it
 * keeps its time of the week.
 */
public final class Baseline {
  private static final long DAY = 86_400_000L;

  private static final long WEEK = 7 * DAY;

  /** So often while a week passes is the rhythm looked for anew: every six hours. */
  private static final int FITS = 28;

  /** Samples so many slots apart vouch for the time between them, at the least. */
  private static final int VOUCHED = 5;

  private static final long NEVER = Long.MIN_VALUE;

  private final long baseMillis;
  private final long lagMillis;
  private final long cutMillis;
  private final int queueBound;

  /** As {@link #VOUCHED}; as far apart as samples in two slots of the longest window may be. */
  private final long vouches;

  private final CodeRing[] rings;
  private final boolean seasonal;

  /** A look is as long as the window, so it is taken the more seldom. */
  private final long refitMillis;

  private HoldQueue queue;
  private long cut;
  private @Nullable Season season;
  private long nextFit = NEVER;
  private long lastAdmitted = NEVER;

  /** Slots of the longest window that were begun, and base slots that samples vouched for. */
  private int begun;

  private int vouched;

  public Baseline(JudgeConfig config) {
    baseMillis = config.baseSlotMillis();
    lagMillis = config.lag().toMillis();
    queueBound = (int) ((lagMillis + config.freezeCap().toMillis()) / baseMillis) + 2;
    queue = new HoldQueue(queueBound);
    List<WindowShape> windows = config.windows();
    rings = new CodeRing[windows.size()];
    Palette palette = new Palette(rings.length);
    for (int i = 0; i < rings.length; i++) {
      rings[i] = palette.ring(i, windows.get(i).slot().toMillis(), windows.get(i).slots());
    }
    seasonal = config.uses(Part.SEASON);
    WindowShape longest = windows.get(rings.length - 1);
    vouches = Math.max(VOUCHED, 2 * longest.slot().toMillis() / baseMillis - 1);
    long length = longest.length().toMillis();
    refitMillis = Math.max(WEEK, length) / FITS;
    long days = length >= 2 * WEEK ? WEEK : DAY;
    cutMillis = length > DAY ? days : longest.slot().toMillis();
  }

  /** Lines a sample up, and lets in what has waited for the lag. */
  public void learn(long timeMillis, char code) {
    long slot = slotOf(timeMillis);
    admit(Math.floorDiv(timeMillis - cut - lagMillis, baseMillis));
    queue.push(slot, code);
    admit(Math.floorDiv(timeMillis - cut - lagMillis, baseMillis));
    if (seasonal) {
      refit(timeMillis, code);
    }
  }

  /** Series begin together and are looked at apart: by their first value. */
  private void refit(long timeMillis, char code) {
    if (nextFit == NEVER) {
      nextFit = timeMillis + refitMillis + Math.floorMod(code * 2_654_435_761L, refitMillis);
    }
    if (timeMillis >= nextFit) {
      nextFit = timeMillis + refitMillis;
      CodeRing longest = rings[rings.length - 1];
      season =
          longest.filled() == 0
              ? null
              : Season.of(longest.values(), longest.slotMillis(), longest.endMillis());
    }
  }

  /** Lines a sample up, and lets in only what came before the given time. */
  public void hold(long timeMillis, char code, long heldFromMillis) {
    long due = Math.floorDiv(timeMillis - cut - lagMillis, baseMillis);
    admit(Math.min(due, slotOf(heldFromMillis) - 1));
    queue.push(slotOf(timeMillis), code);
  }

  /** Forgets the samples held from a time on, and takes whole days in between off the clock. */
  public void forget(long heldFromMillis, long nowMillis) {
    queue.truncate(slotOf(heldFromMillis));
    cut += (nowMillis - heldFromMillis) / cutMillis * cutMillis;
  }

  private long slotOf(long timeMillis) {
    return Math.floorDiv(timeMillis - cut, baseMillis);
  }

  private void admit(long lastSlot) {
    while (!queue.isEmpty() && queue.first() <= lastSlot) {
      long slot = queue.first();
      char code = queue.pop();
      if (code != LogCode.NONE) {
        boolean begins = false;
        for (CodeRing ring : rings) {
          begins = ring.add(slot * baseMillis, code);
        }
        count(slot, begins);
      }
    }
  }

  private void count(long slot, boolean begins) {
    long apart = lastAdmitted == NEVER ? Long.MAX_VALUE : slot - lastAdmitted;
    lastAdmitted = slot;
    vouched += apart <= vouches ? (int) apart : 1;
    begun += begins ? 1 : 0;
    if (begun > rings[rings.length - 1].slots()) {
      begun /= 2;
      vouched /= 2;
    }
  }

  /** The rhythm, null where there is none or too few days are known. */
  public @Nullable Season season() {
    return season;
  }

  public int windows() {
    return rings.length;
  }

  /** As {@link CodeRing#quantile} of a window, shortest first. */
  public double quantile(int window, double q) {
    return rings[window].quantile(q);
  }

  /** Slots of a window that hold a sample. */
  public int filled(int window) {
    return rings[window].filled();
  }

  /** Whether a window holds as many samples as asked for, or all it can. */
  public boolean hasEnough(int window, int samples) {
    return rings[window].filled() >= Math.min(samples, rings[window].slots());
  }

  /** How much time a window has learnt. */
  public long learntMillis(int window) {
    return rings[window].filled() * rings[window].slotMillis();
  }

  /** The most time any window has learnt, without what a sparse series leaves out. */
  public long learntMillis() {
    long most = 0;
    for (int i = 0; i < rings.length; i++) {
      most = Math.max(most, learntMillis(i));
    }
    double begunMillis = (double) begun * rings[rings.length - 1].slotMillis();
    return begun == 0 ? most : (long) (most * Math.min(1, vouched * baseMillis / begunMillis));
  }

  /** The levels of the longest window, oldest slot first; NaN where a slot is empty. */
  public double[] longest() {
    return rings[rings.length - 1].values();
  }

  /** Width of the longest window's slots. */
  public long longestSlotMillis() {
    return rings[rings.length - 1].slotMillis();
  }

  /** Where the newest slot of the longest window ends, on the baseline's clock. */
  public long longestEndMillis() {
    return rings[rings.length - 1].endMillis();
  }

  /** Where the newest slot of a window ends. */
  long endMillis(int window) {
    return rings[window].endMillis() + cut;
  }

  /** The level the longest window knows for a time, NaN when it holds none. */
  public double at(long timeMillis) {
    return rings[rings.length - 1].at(timeMillis - cut);
  }

  /**
   * What is remembered of a window, with the samples that wait behind the lag or are held back.
   * Days that were forgotten are off the clock here too: what came before them is told as so much
   * later.
   */
  public Trace trace(int window) {
    CodeRing ring = rings[window];
    long step = ring.slotMillis();
    Duration length = Duration.ofMillis(step * ring.slots());
    if (ring.filled() == 0 && queue.isEmpty()) {
      return new Trace(length, 0, step, List.of());
    }
    long last = ring.filled() == 0 ? Long.MIN_VALUE : ring.endMillis() / step - 1;
    if (!queue.isEmpty()) {
      last = Math.max(last, Math.floorDiv(queue.last() * baseMillis, step));
    }
    long first = last - ring.slots() + 1;
    List<Double> values = new ArrayList<>(Collections.nCopies(ring.slots(), Double.NaN));
    for (int i = 0; ring.filled() > 0 && i < values.size(); i++) {
      values.set(i, ring.at((first + i) * step));
    }
    long waits = queue.isEmpty() ? 0 : queue.last() - queue.first() + 1;
    for (int w = 0; w < waits; w++) {
      char code = queue.code(queue.first() + w);
      long at = Math.floorDiv((queue.first() + w) * baseMillis, step) - first;
      if (code != LogCode.NONE && at >= 0 && values.get((int) at).isNaN()) {
        values.set((int) at, LogCode.decode(code));
      }
    }
    return new Trace(length, first * step + cut, step, values);
  }

  public void encode(DataOutput out) throws IOException {
    out.writeLong(cut);
    queue.encode(out);
    for (CodeRing ring : rings) {
      ring.encode(out);
    }
    out.writeLong(lastAdmitted);
    out.writeInt(begun);
    out.writeInt(vouched);
    out.writeLong(nextFit);
    if (season == null) {
      out.writeByte(Season.NONE);
    } else {
      season.encode(out);
    }
  }

  /** Restores this, newly made of the same configuration, from what {@link #encode} wrote. */
  public void restore(DataInput in) throws IOException {
    cut = in.readLong();
    if (cut < 0 || cut > 1L << 51) {
      throw new IOException("damaged baseline: " + cut + " ms are cut out");
    }
    queue = HoldQueue.decode(in, queueBound);
    for (CodeRing ring : rings) {
      ring.restore(in);
    }
    lastAdmitted = in.readLong();
    begun = in.readInt();
    vouched = in.readInt();
    nextFit = in.readLong();
    season = Season.decode(in);
    if (begun < 0 || vouched < 0) {
      throw new IOException("damaged baseline: " + vouched + " slots vouched for");
    }
  }
}
