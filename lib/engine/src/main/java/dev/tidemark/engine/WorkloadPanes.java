package dev.tidemark.engine;

import dev.tidemark.engine.window.CodeCounts;
import dev.tidemark.engine.window.LogCode;
import dev.tidemark.engine.window.PaneLog;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the members of a workload had in common over the last seven days: sparse counts an hour, so
 * that a pod which is born today knows what its predecessors were like. Only samples of members
 * that {@link Judge#teaches} belong in it. Not safe for several threads.
 */
public final class WorkloadPanes {
  private static final long HOUR = 3_600_000L;
  private static final int PANES = 7 * 24;

  /** Below this the sealed hours are too thin, and the running hour is used with them. */
  private static final int ENOUGH = 60;

  /** Hours that are older than a day are kept by so many. */
  private static final int TOGETHER = 6;

  private static final int FINE = 24;
  private static final int VERSION = 2;

  /** Wrote every hour by itself, six bytes a count; read, not written any more. */
  private static final int WORDY = 1;

  private final PaneLog finished;
  private final CodeCounts sealed;
  private CodeCounts running = new CodeCounts();
  private long newest = Long.MIN_VALUE;

  public WorkloadPanes() {
    this(new PaneLog(), new CodeCounts());
  }

  private WorkloadPanes(PaneLog finished, CodeCounts sealed) {
    this.finished = finished;
    this.sealed = sealed;
  }

  /**
   * Adds a member's sample. Late samples join the hour they belong to while that is kept; values
   * that are not finite, and samples older than all panes, change nothing.
   */
  public void admit(long timeMillis, double value) {
    long hour = Math.floorDiv(timeMillis, HOUR);
    if (!Double.isFinite(value) || hour + PANES <= newest) {
      return;
    }
    advance(hour);
    char code = LogCode.encode(value);
    if (hour == newest) {
      running.add(code);
    } else {
      finished.add(hour, code);
      sealed.add(code);
    }
  }

  private void advance(long hour) {
    if (hour <= newest) {
      return;
    }
    if (running.total() > 0) {
      finished.append(newest, running);
      sealed.addAll(running);
      running = new CodeCounts();
    }
    if (Math.floorDiv(newest, TOGETHER) < Math.floorDiv(hour, TOGETHER)) {
      finished.merge(Math.floorDiv(hour - FINE, TOGETHER) * TOGETHER, TOGETHER);
    }
    newest = hour;
    while (!finished.isEmpty() && finished.firstKey() <= hour - PANES) {
      sealed.removeAll(finished.removeFirst());
    }
    finished.trim();
  }

  /**
   * The prior for a series judged now; a live view that is read before the next call of {@link
   * #admit}. The running hour counts only while the finished ones hold too little: what goes wrong
   * everywhere at once must not become normal in the minute it happens.
   *
   * @return null when nothing was admitted in the last seven days
   */
  public @Nullable Prior prior(long nowMillis) {
    advance(Math.floorDiv(nowMillis, HOUR));
    CodeCounts counts = sealed.total() >= ENOUGH ? sealed : all();
    return counts.total() == 0 ? null : new CountsPrior(counts);
  }

  private CodeCounts all() {
    if (sealed.total() == 0) {
      return running;
    }
    CodeCounts all = new CodeCounts();
    all.addAll(sealed);
    all.addAll(running);
    return all;
  }

  private record CountsPrior(CodeCounts counts) implements Prior {
    @Override
    public double quantile(double q) {
      return counts.quantile(q);
    }

    @Override
    public long samples() {
      return counts.total();
    }
  }

  /** Writes the panes; {@link #decode} gives back an equal state. */
  public void encode(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(newest);
    finished.encode(out);
    running.encode(out);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException when it is damaged or of a version that is not known
   */
  public static WorkloadPanes decode(DataInput in) throws IOException {
    int version = in.readByte();
    if (version == WORDY) {
      return wordy(in);
    }
    if (version != VERSION) {
      throw new IOException("workload panes of version " + version + ", known is " + VERSION);
    }
    long newest = in.readLong();
    CodeCounts sealed = new CodeCounts();
    WorkloadPanes read = new WorkloadPanes(PaneLog.decode(in, sealed), sealed);
    read.newest = newest;
    read.running = CodeCounts.decode(in);
    read.checkOrder();
    return read;
  }

  private static WorkloadPanes wordy(DataInput in) throws IOException {
    WorkloadPanes read = new WorkloadPanes();
    read.newest = in.readLong();
    int size = in.readInt();
    if (size < 0 || size > PANES) {
      throw new IOException("damaged workload panes: " + size + " of them");
    }
    long last = Long.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      long hour = in.readLong();
      if (hour <= last || hour > read.newest || hour <= read.newest - PANES) {
        throw new IOException("damaged workload panes: hour " + hour + " is out of order");
      }
      last = hour;
      CodeCounts counts = CodeCounts.decode(in);
      if (hour == read.newest) {
        read.running = counts;
      } else {
        read.finished.append(hour, counts);
        read.sealed.addAll(counts);
      }
    }
    return read;
  }

  private void checkOrder() throws IOException {
    boolean within =
        finished.isEmpty() || (finished.firstKey() > newest - PANES && finished.lastKey() < newest);
    if (!within || finished.size() > PANES) {
      throw new IOException("damaged workload panes: not those of the week before " + newest);
    }
  }
}
