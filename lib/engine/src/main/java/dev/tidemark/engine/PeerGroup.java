package dev.tidemark.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The members of a workload beside one another, slot by slot: add every member's sample of a slot
 * in any order, then close the slot; judges of the next slot see it. Keeps the medians of the last
 * 24 shortest horizons, 12 a horizon, so that a rise that all share can be told from that of one.
 * Not safe for several threads.
 */
public final class PeerGroup implements Peers {
  /** Fewer members say nothing about what is odd. */
  public static final int FEWEST = 4;

  private static final int VERSION = 1;
  private static final int PER_HORIZON = 12;
  private static final int KEPT = 24 * PER_HORIZON;
  private static final int STALE_INTERVALS = 5;
  private static final double EDGE = 0.1;
  private static final long NONE = Long.MIN_VALUE;

  private final long cellMillis;
  private final long staleMillis;
  private double[] values = new double[FEWEST];
  private int size;
  private long closedAt = NONE;
  private int count;
  private double low;
  private double median;
  private double high;

  /** Medians by cell of time, NaN where there is none; made when there are enough members. */
  private float @Nullable [] medians;

  private long newestCell = NONE;

  public PeerGroup(JudgeConfig config) {
    long horizon =
        config.growth().horizons().isEmpty()
            ? 3_600_000
            : config.growth().horizons().get(0).toMillis();
    long interval = config.interval().toMillis();
    cellMillis = Math.max(interval, horizon / PER_HORIZON);
    staleMillis = STALE_INTERVALS * interval;
  }

  /** Adds a member's sample of the slot that is open; what is not finite is passed over. */
  public void add(double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  /** Ends a slot; slots come in the order of time. */
  public void close(long slotMillis) {
    Arrays.sort(values, 0, size);
    closedAt = slotMillis;
    count = size;
    if (size > 0) {
      low = values[(int) Math.ceil(EDGE * (size - 1))];
      median = size % 2 == 1 ? values[size / 2] : values[size / 2 - 1] / 2 + values[size / 2] / 2;
      high = values[(int) ((1 - EDGE) * (size - 1))];
    }
    size = 0;
    if (count >= FEWEST) {
      keep(Math.floorDiv(slotMillis, cellMillis));
    }
  }

  private void keep(long cell) {
    if (medians == null) {
      medians = new float[KEPT];
      Arrays.fill(medians, Float.NaN);
    }
    if (newestCell != NONE) {
      for (long c = Math.max(newestCell + 1, cell - KEPT + 1); c < cell; c++) {
        medians[Math.floorMod(c, KEPT)] = Float.NaN;
      }
    }
    medians[Math.floorMod(cell, KEPT)] = (float) median;
    newestCell = cell;
  }

  /** What a member judged now may know; null when too few had a sample, or too long ago. */
  public @Nullable Peers peers(long nowMillis) {
    return count >= FEWEST && nowMillis - closedAt <= staleMillis ? this : null;
  }

  /** Whether there is nothing that a member could know. */
  public boolean isEmpty() {
    return medians == null;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public double median() {
    return median;
  }

  @Override
  public double low() {
    return low;
  }

  @Override
  public double high() {
    return high;
  }

  @Override
  public double rise(long millis) {
    long cell = Math.floorDiv(closedAt - millis, cellMillis);
    if (medians == null || newestCell - cell >= KEPT || cell > newestCell) {
      return Double.NaN;
    }
    return median - medians[Math.floorMod(cell, KEPT)];
  }

  /** Writes the state between two slots; {@link #decode} goes on as if nothing had happened. */
  public void encode(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(closedAt);
    out.writeInt(count);
    out.writeDouble(low);
    out.writeDouble(median);
    out.writeDouble(high);
    out.writeLong(newestCell);
    if (newestCell != NONE && medians != null) {
      for (float kept : medians) {
        out.writeFloat(kept);
      }
    }
  }

  /**
   * Reads what {@link #encode} wrote, for the same configuration.
   *
   * @throws IOException when it is damaged or of a version that is not known
   */
  public static PeerGroup decode(DataInput in, JudgeConfig config) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("peers of version " + version + ", known is " + VERSION);
    }
    PeerGroup read = new PeerGroup(config);
    read.closedAt = in.readLong();
    read.count = in.readInt();
    read.low = in.readDouble();
    read.median = in.readDouble();
    read.high = in.readDouble();
    read.newestCell = in.readLong();
    if (read.count < 0 || (read.newestCell != NONE && Math.abs(read.newestCell) > 1L << 52)) {
      throw new IOException("damaged peers: " + read.count + " members");
    }
    if (read.newestCell != NONE) {
      float[] medians = new float[KEPT];
      for (int i = 0; i < KEPT; i++) {
        medians[i] = in.readFloat();
      }
      read.medians = medians;
    }
    return read;
  }
}
