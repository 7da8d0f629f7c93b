package dev.tidemark.exporter.health;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The little that is remembered of a process beyond its series: its peaks, the account of its
 * memory when it was young, how even its collections are, and for how many looks each trouble has
 * been seen. About 270 bytes; for the evaluation thread only.
 */
public final class ProcessMemory {
  private static final int VERSION = 1;
  private static final List<TroubleClass> ORDER = List.of(TroubleClass.values());
  private static final int CLASSES = ORDER.size();

  /** From so many times the usual rate on it is hardly learnt: what lasts must not become usual. */
  static final double TIMES_USUAL = 4;

  private static final double HARDLY = 0.1;

  /** A start that failed is remembered until a process has lived so many times the start. */
  private static final int FORGIVEN_AFTER_STARTS = 12;

  private double mostGoroutines = Double.NaN;
  private double startupPeak = Double.NaN;
  private double startupCollections = Double.NaN;
  private MemoryGap firstGap = MemoryGap.NONE;

  /** Of the last look; not written, for the next look is soon. */
  private MemoryAccount account = MemoryAccount.NONE;

  private double usualPeriod = Double.NaN;
  private final CollectionRhythm rhythm = new CollectionRhythm();
  private double pauseSpread = Double.NaN;
  private int deathsInStartup;
  private final byte[] seen = new byte[CLASSES];

  /** A sample of goroutines. */
  public void goroutines(double count) {
    mostGoroutines = Double.isNaN(mostGoroutines) ? count : Math.max(mostGoroutines, count);
  }

  /** A sample of what the container or the process takes, while it starts. */
  public void starts(double bytes) {
    startupPeak = Double.isNaN(startupPeak) ? bytes : Math.max(startupPeak, bytes);
  }

  /** Another process took its place. */
  public void restarted() {
    mostGoroutines = Double.NaN;
    startupPeak = Double.NaN;
    startupCollections = Double.NaN;
    firstGap = MemoryGap.NONE;
    account = MemoryAccount.NONE;
    usualPeriod = Double.NaN;
    rhythm.forget();
    Arrays.fill(seen, (byte) 0);
  }

  /** The process was killed for memory before it had started. */
  public void diedInStartup() {
    deathsInStartup++;
  }

  /** Takes in what a look has found. */
  void look(long atMillis, Vitals vitals, HealthConfig config) {
    long age = vitals.ageMillis();
    long startup = config.startup().toMillis();
    if (age > FORGIVEN_AFTER_STARTS * startup) {
      deathsInStartup = 0;
    }
    account = MemoryAccount.of(atMillis, vitals);
    MemoryGap gap = MemoryGap.of(vitals);
    if (!firstGap.isKnown() && gap.isKnown() && (age < 0 || age > startup)) {
      firstGap = gap;
    }
    usual(vitals.value(Ids.GC_RATE), config.jitter());
    pauseSpread = vitals.value(Ids.PAUSE_LONGEST) / vitals.value(Ids.PAUSE_MEDIAN);
  }

  /** What is usual of the time between collections, where nobody judges their rate. */
  private void usual(double rate, HealthConfig.Jitter jitter) {
    if (!(rate > 0)) {
      return;
    }
    double period = 1 / rate;
    if (Double.isNaN(usualPeriod)) {
      usualPeriod = period;
      return;
    }
    double weight = jitter.alpha() * (rate >= TIMES_USUAL * usualCollections() ? HARDLY : 1);
    usualPeriod += weight * (period - usualPeriod);
  }

  /** Takes in the count of all collections, every tenth slot. */
  void collections(long atMillis, Vitals vitals, HealthConfig config) {
    double total = vitals.value(Ids.GC_CYCLES);
    long age = vitals.ageMillis();
    if (age > 0 && age <= config.startup().toMillis() && total >= 0) {
      startupCollections = total / (age / 1000.0);
    }
    rhythm.look(atMillis, total, config.jitter());
  }

  /** Counts looks in a row; how many there are now. */
  int seen(TroubleClass trouble, boolean now) {
    int i = place(trouble);
    seen[i] = now ? (byte) Math.min(seen[i] + 1, Byte.MAX_VALUE) : 0;
    return seen[i];
  }

  private static int place(TroubleClass trouble) {
    return ORDER.indexOf(trouble);
  }

  int seen(TroubleClass trouble) {
    return seen[place(trouble)];
  }

  /** Since the process started; NaN before the first sample. */
  double mostGoroutines() {
    return mostGoroutines;
  }

  /** Bytes; NaN where the start was not watched. */
  double startupPeak() {
    return startupPeak;
  }

  /** A second, from the start to the last look at it; NaN where the start was not watched. */
  double startupCollections() {
    return startupCollections;
  }

  int deathsInStartup() {
    return deathsInStartup;
  }

  /** Where memory was at the first look after the start. */
  MemoryGap firstGap() {
    return firstGap;
  }

  /**
   * Where memory was at the last look: then all of it was told, while samples that came since
   * belong to no container's account. NONE before the first, and where nobody tells.
   */
  public MemoryAccount account() {
    return account;
  }

  /** Collections a second as they usually are; NaN before two looks. */
  double usualCollections() {
    return 1 / usualPeriod;
  }

  boolean unevenCollections(HealthConfig.Jitter jitter) {
    return jitter.on() && (rhythm.isUneven() || pauseSpread > jitter.spread());
  }

  /** Writes all but {@link #encodeRhythm}, as every release reads it. */
  public void encode(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    for (double value :
        new double[] {
          mostGoroutines,
          startupPeak,
          startupCollections,
          firstGap.inGo(),
          firstGap.outsideGo(),
          firstGap.cache(),
          firstGap.mapped(),
          usualPeriod,
          Double.NaN, // held what the rhythm does now
          pauseSpread
        }) {
      out.writeDouble(value);
    }
    out.writeBoolean(false);
    out.writeInt(deathsInStartup);
    out.writeByte(CLASSES);
    out.write(seen);
  }

  /**
   * Reads what {@link #encode} wrote, by whichever release: classes of trouble that are not known
   * here are passed over, those that were not known there have not been seen.
   *
   * @throws IOException where it is damaged or of a version that is not known
   */
  public static ProcessMemory decode(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("process memory of version " + version + ", known is " + VERSION);
    }
    ProcessMemory read = new ProcessMemory();
    read.mostGoroutines = in.readDouble();
    read.startupPeak = in.readDouble();
    read.startupCollections = in.readDouble();
    read.firstGap =
        new MemoryGap(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
    read.usualPeriod = in.readDouble();
    in.readDouble();
    read.pauseSpread = in.readDouble();
    in.readBoolean();
    read.deathsInStartup = in.readInt();
    int classes = in.readUnsignedByte(); // another release may know more, or fewer
    for (int i = 0; i < classes; i++) {
      byte seen = in.readByte();
      if (i < CLASSES) {
        read.seen[i] = seen;
      }
    }
    return read;
  }

  /** Writes what the release before does not know. */
  public void encodeRhythm(DataOutput out) throws IOException {
    rhythm.encode(out);
  }

  /** Reads what {@link #encodeRhythm} wrote. */
  public void decodeRhythm(DataInput in) throws IOException {
    rhythm.decode(in);
  }
}
