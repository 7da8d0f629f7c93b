package dev.tidemark.engine.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts of past stretches of time ("panes"), oldest first, in few bytes: they are read only when
 * they leave. A pane is its key's distance from the one before, then its codes as distances, a byte
 * each where counts are below 64 and codes are neighbours. Not safe for several threads.
 */
public final class PaneLog {
  private static final int FIRST_CAPACITY = 64;
  private static final int LOW = 0x7f;
  private static final int MORE = 0x80;
  private static final int LARGEST = Character.MAX_VALUE;

  /** Bytes; far more than a week of hours holds. */
  private static final int LONGEST = 1 << 24;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int start;
  private int end;
  private int size;
  private long firstKey;
  private long lastKey;

  private record Pane(long key, CodeCounts counts) {}

  public boolean isEmpty() {
    return size == 0;
  }

  public int size() {
    return size;
  }

  /** The key of the oldest pane; only when not empty. */
  public long firstKey() {
    return firstKey;
  }

  /** The key of the newest pane; only when not empty. */
  public long lastKey() {
    return lastKey;
  }

  /** Adds a pane that is newer than all others; its counts are copied. */
  public void append(long key, CodeCounts counts) {
    if (size == 0) {
      firstKey = key;
      lastKey = key;
    } else if (key <= lastKey) {
      throw new IllegalArgumentException("pane " + key + " is not after " + lastKey);
    }
    write(key - lastKey);
    write(counts.distinct());
    int code = 0;
    for (int i = 0; i < counts.distinct(); i++) {
      int distance = counts.code(i) - code;
      code += distance;
      write((long) counts.count(i) << 1 | (distance == 1 ? 0 : 1));
      if (distance != 1) {
        write(distance);
      }
    }
    lastKey = key;
    size++;
  }

  /** Takes the oldest pane out. */
  public CodeCounts removeFirst() {
    read(); // the distance from the one before, which is gone
    CodeCounts counts = counts();
    size--;
    if (size > 0) {
      int at = start;
      firstKey += read();
      start = at;
    }
    return counts;
  }

  /** Adds a code to a past pane, which is made where there is none; reads and writes everything. */
  public void add(long key, char code) {
    List<Pane> panes = panes();
    int at = 0;
    while (at < panes.size() && panes.get(at).key() < key) {
      at++;
    }
    if (at == panes.size() || panes.get(at).key() != key) {
      panes.add(at, new Pane(key, new CodeCounts()));
    }
    panes.get(at).counts().add(code);
    write(panes);
  }

  /**
   * Makes one of older panes that lie in the same stretch; it has the key of the newest of them.
   *
   * @param before panes with such a key or a newer one stay
   * @param width of a stretch, in keys
   */
  public void merge(long before, long width) {
    List<Pane> merged = new ArrayList<>();
    for (Pane pane : panes()) {
      Pane last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null
          && pane.key() < before
          && Math.floorDiv(pane.key(), width) == Math.floorDiv(last.key(), width)) {
        last.counts().addAll(pane.counts());
        merged.set(merged.size() - 1, new Pane(pane.key(), last.counts()));
      } else {
        merged.add(pane);
      }
    }
    if (merged.size() < size) {
      write(merged);
    }
  }

  private void write(List<Pane> panes) {
    start = 0;
    end = 0;
    size = 0;
    panes.forEach(pane -> append(pane.key(), pane.counts()));
  }

  /** Writes the panes as they are held. */
  public void encode(DataOutput out) throws IOException {
    out.writeInt(size);
    if (size > 0) {
      int from = start;
      read(); // the distance from the one before, which is gone
      out.writeLong(firstKey);
      out.writeInt(end - start);
      out.write(bytes, start, end - start);
      start = from;
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param sum to which all panes are added
   * @throws IOException when it is damaged
   */
  public static PaneLog decode(DataInput in, CodeCounts sum) throws IOException {
    PaneLog read = new PaneLog();
    int size = in.readInt();
    if (size == 0) {
      return read;
    }
    read.firstKey = in.readLong();
    int length = in.readInt();
    if (size < 0 || length < size || length > LONGEST) {
      throw new IOException("damaged panes: " + size + " in " + length + " bytes");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    // the first is no distance away from the one before it
    read.bytes = new byte[Math.max(length + 1, FIRST_CAPACITY)];
    System.arraycopy(body, 0, read.bytes, 1, length);
    read.end = length + 1;
    read.size = size;
    try {
      List<Pane> panes = read.panes();
      panes.forEach(pane -> sum.addAll(pane.counts()));
      read.lastKey = panes.get(size - 1).key();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("damaged panes: " + e.getMessage(), e);
    }
    return read;
  }

  private List<Pane> panes() {
    int at = start;
    List<Pane> panes = new ArrayList<>(size);
    long key = firstKey;
    for (int i = 0; i < size; i++) {
      long distance = read();
      if (i > 0 && distance < 1) {
        throw new IllegalArgumentException("pane " + i + " is not after the one before");
      }
      key += i == 0 ? 0 : distance;
      panes.add(new Pane(key, counts()));
    }
    if (start != end) {
      throw new IllegalArgumentException("they end at " + start + ", not at " + end);
    }
    start = at;
    return panes;
  }

  private CodeCounts counts() {
    long distinct = read();
    if (distinct < 0 || distinct > end - start) { // an entry is a byte at least
      throw new IllegalArgumentException(distinct + " codes in " + (end - start) + " bytes");
    }
    CodeCounts counts = new CodeCounts((int) distinct);
    long code = 0;
    for (long left = distinct; left > 0; left--) {
      long countAndGap = read();
      long gap = (countAndGap & 1) == 0 ? 1 : read();
      long times = countAndGap >> 1;
      if (gap < 1 || gap > LARGEST - code || times < 1 || times > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "code " + code + " and " + gap + ", " + times + " times");
      }
      code += gap;
      counts.append((char) code, (int) times);
    }
    return counts;
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
  private void write(long number) {
    if (end == bytes.length) {
      makeRoom();
    }
    bytes[end++] = (byte) (number > LOW ? (number & LOW) | MORE : number);
    if (number > LOW) {
      write(number >>> 7);
    }
  }

  private long read() {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[start++];
      number |= (long) (next & LOW) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }

  private void makeRoom() {
    int kept = end - start;
    boolean roomy = kept <= bytes.length - bytes.length / 8;
    byte[] to = roomy ? bytes : new byte[bytes.length + bytes.length / 4];
    System.arraycopy(bytes, start, to, 0, kept);
    bytes = to;
    start = 0;
    end = kept;
  }

  /** Gives back the room that a richer week took. */
  public void trim() {
    if (end - start < bytes.length / 2) {
      bytes = Arrays.copyOfRange(bytes, start, Math.max(end, start + FIRST_CAPACITY));
      end -= start;
      start = 0;
    }
  }
}
