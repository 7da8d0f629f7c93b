package dev.tidemark.exporter.health;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Notices the restarts and kills of one target, each once, though several sources tell of them,
 * late, twice, or not at all. The kubelet's own counter decides where kube-state-metrics tells it;
 * else the starts of the process that were seen do. For the evaluation thread only.
 */
public final class RestartWatch {
  private static final int VERSION = 1;

  /** Boot time, and with it every start time, moves by a second when clocks are adjusted. */
  private static final long SAME_START_MILLIS = 2_000;

  /** After so many looks without the kubelet's counter the starts that were seen count. */
  private static final int PATIENCE = 3;

  private static final long NONE = Long.MIN_VALUE;

  private long newestStart = NONE;
  private long firstLook = NONE;
  private double counter = Double.NaN;
  private int looksWithoutCounter;

  /** Starts that were seen and wait for the kubelet's counter to tell of them. */
  private int waiting;

  /** Starts that were counted and of which the kubelet's counter has not told yet. */
  private int ahead;

  private double exitTime = Double.NaN;
  private double oomEvents = Double.NaN;

  /** Kills of the last look that one of two witnesses has told of and the other not yet. */
  private int killsByReason;

  private int killsByEvents;

  /**
   * A process start was told.
   *
   * @return how long the one before ran, -1 where this is no restart: the first that is known, the
   *     same, or an older one of a duplicate that came back
   */
  public long started(long startMillis) {
    long before = newestStart;
    if (before != NONE && startMillis <= before + SAME_START_MILLIS) {
      return -1;
    }
    newestStart = startMillis;
    return before == NONE ? -1 : startMillis - before;
  }

  /** From now on starts are told by another source; this is the process that runs already. */
  public void follows(long startMillis) {
    newestStart = newestStart == NONE ? NONE : startMillis;
  }

  /** A restart that {@link #started} has found. */
  public void restarted(Restart restart, RestartLedger ledger) {
    ledger.remember(restart);
    if (Double.isNaN(counter)) {
      ledger.restarted(1);
      ahead++;
    } else {
      waiting++;
    }
  }

  /**
   * What the facts say now; NaN for what is not told.
   *
   * @param slot epoch milliseconds
   * @return the restarts that were explained, those that were killed for memory only
   */
  public List<Restart> look(long slot, String target, Vitals vitals, RestartLedger ledger) {
    if (firstLook == NONE) {
      firstLook = slot;
    }
    int restarts = restarts(vitals.value(Ids.RESTARTS), ledger);
    double exit = vitals.value(Ids.LAST_EXIT);
    double time = vitals.value(Ids.LAST_EXIT_TIME);
    boolean ended = !Double.isNaN(exit) && (Double.isNaN(time) ? restarts > 0 : isNew(time));
    exitTime = Double.isNaN(time) ? exitTime : Math.max(time, orZero(exitTime));
    boolean killed = ended && Restart.Why.of(exit) == Restart.Why.OOM_KILLED;
    ledger.killed(kills(killed ? 1 : 0, events(vitals.value(Ids.OOM_EVENTS))));
    if (!ended) {
      return List.of();
    }
    long at = Double.isNaN(time) ? slot : Math.round(time * 1000);
    Restart explained = ledger.explain(target, Restart.Why.of(exit), at);
    return killed ? List.of(explained) : List.of();
  }

  private int restarts(double told, RestartLedger ledger) {
    int more = 0;
    if (Double.isNaN(told)) {
      looksWithoutCounter++;
      if (looksWithoutCounter >= PATIENCE && waiting > 0) {
        more = waiting;
        ahead += waiting;
        waiting = 0;
      }
      ledger.restarted(more);
      return more;
    }
    looksWithoutCounter = 0;
    if (Double.isNaN(counter)) {
      counter = told;
      ahead = 0;
      return 0;
    }
    if (told > counter) {
      more = (int) Math.min(1_000_000, told - counter);
      counter = told;
    } else if (told < counter && waiting + ahead > 0) {
      // the pod was made anew under its name, and counts from 0; else a second kube-state-metrics
      // is behind, which is no news
      more = (int) Math.min(told, waiting);
      counter = told;
      ledger.restarted(more);
      waiting = 0;
      ahead = 0;
      return more;
    } else {
      return 0;
    }
    int counted = Math.max(0, more - ahead);
    ahead = Math.max(0, ahead - more);
    waiting = Math.max(0, waiting - more);
    ledger.restarted(counted);
    return more;
  }

  /** An exit from before we looked first is history. */
  private boolean isNew(double time) {
    return Double.isNaN(exitTime) ? time * 1000 > firstLook : time > exitTime;
  }

  private int events(double told) {
    if (Double.isNaN(told)) {
      return 0;
    }
    // the counter of a new container begins anew
    double more = Double.isNaN(oomEvents) ? 0 : told >= oomEvents ? told - oomEvents : told;
    oomEvents = told;
    return (int) Math.min(1_000_000, more);
  }

  /** Two witnesses of the same kills; one may tell a look later than the other. */
  private int kills(int byReason, int byEvents) {
    int reason = Math.max(0, byReason - killsByEvents);
    int events = Math.max(0, byEvents - killsByReason);
    killsByReason = Math.max(0, reason - events);
    killsByEvents = Math.max(0, events - reason);
    return Math.max(reason, events);
  }

  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  /** Writes all of it. */
  public void encode(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(newestStart);
    out.writeLong(firstLook);
    out.writeDouble(counter);
    out.writeInt(looksWithoutCounter);
    out.writeInt(waiting);
    out.writeInt(ahead);
    out.writeDouble(exitTime);
    out.writeDouble(oomEvents);
    out.writeInt(killsByReason);
    out.writeInt(killsByEvents);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException where it is damaged or of a version that is not known
   */
  public static RestartWatch decode(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("restart watch of version " + version + ", known is " + VERSION);
    }
    RestartWatch read = new RestartWatch();
    read.newestStart = in.readLong();
    read.firstLook = in.readLong();
    read.counter = in.readDouble();
    read.looksWithoutCounter = in.readInt();
    read.waiting = in.readInt();
    read.ahead = in.readInt();
    read.exitTime = in.readDouble();
    read.oomEvents = in.readDouble();
    read.killsByReason = in.readInt();
    read.killsByEvents = in.readInt();
    return read;
  }
}
