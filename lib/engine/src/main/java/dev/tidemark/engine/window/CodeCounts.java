package dev.tidemark.engine.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often each code occurs in a workload: ascending codes beside their counts, so that counts can
 * be taken away again and a quantile is one walk. Adding costs a binary search and, for a new code,
 * a shift of at most as many entries as there are distinct codes. Not safe for several threads.
 */
public final class CodeCounts {
  private static final int FIRST_CAPACITY = 8;
  private static final int[] NO_INTS = {};

  private char[] codes;

  /** Counts of at most 65,535, which is all a window needs; null once one of them was larger. */
  private char @Nullable [] small;

  private int[] large = NO_INTS;
  private int distinct;
  private long total;

  public CodeCounts() {
    this(FIRST_CAPACITY);
  }

  /**
   * @param expected distinct codes that fit without another array
   */
  CodeCounts(int expected) {
    codes = new char[Math.max(expected, FIRST_CAPACITY)];
    small = new char[codes.length];
  }

  /** Counts one more of a code. */
  public void add(char code) {
    add(0, code, 1);
  }

  /** Adds all counts of another. */
  public void addAll(CodeCounts other) {
    int at = 0;
    for (int i = 0; i < other.distinct; i++) {
      at = add(at, other.codes[i], other.count(i));
    }
  }

  /** Takes away counts that were added with {@link #addAll}. */
  public void removeAll(CodeCounts other) {
    int at = 0;
    for (int i = 0; i < other.distinct; i++) {
      at = remove(at, other.codes[i], other.count(i));
    }
  }

  public long total() {
    return total;
  }

  int distinct() {
    return distinct;
  }

  /**
   * The value at rank q·(n−1) in ascending order, linearly between neighbours: the convention of
   * Prometheus' {@code quantile_over_time}.
   *
   * @param q in [0, 1]
   * @return NaN when empty
   */
  public double quantile(double q) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("q is " + q + ", must be in [0, 1]");
    }
    if (total == 0) {
      return Double.NaN;
    }
    double rank = q * (total - 1);
    long below = (long) Math.floor(rank);
    double share = rank - below;
    long seen = 0;
    for (int i = 0; ; i++) {
      seen += count(i);
      if (seen > below) {
        double low = LogCode.decode(codes[i]);
        if (share == 0 || seen > below + 1) {
          return low;
        }
        return low + (LogCode.decode(codes[i + 1]) - low) * share;
      }
    }
  }

  /** The i-th code in ascending order. */
  char code(int i) {
    return codes[i];
  }

  /** How often the i-th code occurs. */
  int count(int i) {
    return small != null ? small[i] : large[i];
  }

  private void set(int i, int count) {
    if (small != null && count > Character.MAX_VALUE) {
      large = new int[small.length];
      for (int j = 0; j < distinct; j++) {
        large[j] = small[j];
      }
      small = null;
    }
    if (small != null) {
      small[i] = (char) count;
    } else {
      large[i] = count;
    }
  }

  private Object counts() {
    return small != null ? small : large;
  }

  /** Adds to a code that is not below that place, and tells its place. */
  private int add(int from, char code, int times) {
    int at = find(from, code);
    if (at >= 0) {
      set(at, count(at) + times);
    } else {
      at = -at - 1;
      insert(at, code, times);
    }
    total += times;
    return at;
  }

  /**
   * As {@link Arrays#binarySearch}; neighbours follow one another mostly, so the first is tried.
   */
  private int find(int from, char code) {
    if (from < distinct && codes[from] == code) {
      return from;
    }
    if (from + 1 < distinct && codes[from + 1] == code) {
      return from + 1;
    }
    return Arrays.binarySearch(codes, from, distinct, code);
  }

  /** Takes away of a code that is not below that place, and tells its place. */
  private int remove(int from, char code, int times) {
    int at = find(from, code);
    if (at < 0 || count(at) < times) {
      throw new IllegalStateException("code " + (int) code + " was not added " + times + " times");
    }
    set(at, count(at) - times);
    total -= times;
    if (count(at) == 0) {
      distinct--;
      move(at + 1, at);
    }
    return at;
  }

  /** Adds a code that is larger than all others. */
  void append(char code, int times) {
    insert(distinct, code, times);
    total += times;
  }

  private void insert(int at, char code, int times) {
    if (distinct == codes.length) {
      int capacity = distinct + (distinct >> 2);
      codes = Arrays.copyOf(codes, capacity);
      if (small != null) {
        small = Arrays.copyOf(small, capacity);
      } else {
        large = Arrays.copyOf(large, capacity);
      }
    }
    distinct++;
    move(at, at + 1);
    codes[at] = code;
    set(at, times);
  }

  /** Moves the entries from one place on to another; the last that moves is the last of all. */
  private void move(int from, int to) {
    int length = distinct - Math.max(from, to) + (to < from ? from - to : 0);
    System.arraycopy(codes, from, codes, to, length);
    System.arraycopy(counts(), from, counts(), to, length);
  }

  /** Writes the entries. */
  public void encode(DataOutput out) throws IOException {
    out.writeInt(distinct);
    for (int i = 0; i < distinct; i++) {
      out.writeChar(codes[i]);
      out.writeInt(count(i));
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException when it is not in order
   */
  public static CodeCounts decode(DataInput in) throws IOException {
    int entries = in.readInt();
    if (entries < 0 || entries >= 1 << 16) {
      throw new IOException("damaged counts: " + entries + " distinct codes");
    }
    CodeCounts read = new CodeCounts(entries);
    int last = LogCode.NONE;
    for (int i = 0; i < entries; i++) {
      char code = in.readChar();
      int times = in.readInt();
      if (code <= last || times < 1) {
        throw new IOException("damaged counts: code " + (int) code + " with count " + times);
      }
      read.append(code, times);
      last = code;
    }
    return read;
  }
}
