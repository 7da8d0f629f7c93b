package dev.tidemark.exporter.health;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How even the collections of a process are: the mean time between them from one look to the next,
 * against its moving average (Roberts, 1959). It reads the count of all collections and no rate, so
 * no look is missed and none counts twice. About 60 bytes; for the evaluation thread only.
 */
final class CollectionRhythm {
  private static final int VERSION = 1;

  /** An average that weighs the newest by 0.15 has seen most of what it will after so many. */
  private static final int KNOWN_AFTER = 7;

  /** Uneven is what was so at one of as many looks as rules look once. */
  private static final int REMEMBERED = 4;

  /** Less than a tenth of the usual time is no difference, however even it is usually. */
  private static final double SMALLEST_SHARE = 0.1;

  private double count = Double.NaN;
  private long countedAt;
  private double usualSeconds = Double.NaN;
  private double usualResidual = Double.NaN;
  private int periods;
  private int sinceUneven = REMEMBERED;

  /**
   * All collections since the process started, at a look; where no more are told nothing is learnt.
   */
  void look(long atMillis, double total, HealthConfig.Jitter jitter) {
    if (!(total >= 0)) {
      return;
    }
    if (Double.isNaN(count) || total < count) {
      begin(atMillis, total);
      return;
    }
    double more = total - count;
    if (more < 1 || atMillis <= countedAt) {
      return;
    }
    period((atMillis - countedAt) / 1000.0 / more, more, jitter);
    count = total;
    countedAt = atMillis;
  }

  /** Counts of whole collections are one off at most, so a mean of n is uncertain by one in n. */
  private void period(double seconds, double n, HealthConfig.Jitter jitter) {
    if (Double.isNaN(usualSeconds)) {
      usualSeconds = seconds;
      return;
    }
    double residual = Math.abs(seconds - usualSeconds);
    double smallest = usualSeconds * Math.max(SMALLEST_SHARE, 1 / n);
    double usual = Double.isNaN(usualResidual) ? smallest : Math.max(usualResidual, smallest);
    boolean uneven = periods >= KNOWN_AFTER && residual > jitter.factor() * usual;
    sinceUneven = uneven ? 0 : Math.min(REMEMBERED, sinceUneven + 1);
    periods = Math.min(KNOWN_AFTER, periods + 1);
    usualResidual =
        Double.isNaN(usualResidual)
            ? residual
            : usualResidual + jitter.alpha() * (residual - usualResidual);
    usualSeconds += jitter.alpha() * (seconds - usualSeconds);
  }

  private void begin(long atMillis, double total) {
    forget();
    count = total;
    countedAt = atMillis;
  }

  /** Another process took its place. */
  void forget() {
    count = Double.NaN;
    usualSeconds = Double.NaN;
    usualResidual = Double.NaN;
    periods = 0;
    sinceUneven = REMEMBERED;
  }

  /** Whether it was uneven at one of the last looks. */
  boolean isUneven() {
    return sinceUneven < REMEMBERED;
  }

  void encode(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeDouble(count);
    out.writeLong(countedAt);
    out.writeDouble(usualSeconds);
    out.writeDouble(usualResidual);
    out.writeByte(periods);
    out.writeByte(sinceUneven);
  }

  /**
   * Reads what {@link #encode} wrote; what a later release wrote is left alone, and begins anew.
   */
  void decode(DataInput in) throws IOException {
    if (in.readByte() == VERSION) {
      count = in.readDouble();
      countedAt = in.readLong();
      usualSeconds = in.readDouble();
      usualResidual = in.readDouble();
      periods = in.readByte();
      sinceUneven = in.readByte();
    }
  }
}
