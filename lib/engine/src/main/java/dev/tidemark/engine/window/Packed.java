package dev.tidemark.engine.window;

/**
 * Numbers from 0 to 65,535, each in as few bits as the largest so far needs. All 0 at first. Not
 * safe for several threads.
 */
final class Packed {
  private static final int FIRST_BITS = 2;

  private final int length;
  private int bits;
  private long[] words;

  Packed(int length) {
    this(length, FIRST_BITS, words(length, FIRST_BITS));
  }

  private Packed(int length, int bits, long[] words) {
    this.length = length;
    this.bits = bits;
    this.words = words;
  }

  private static long[] words(int length, int bits) {
    return new long[(int) (((long) length * bits + Long.SIZE - 1) / Long.SIZE)];
  }

  int length() {
    return length;
  }

  int get(int i) {
    long at = (long) i * bits;
    int word = (int) (at >>> 6);
    int shift = (int) at & 63;
    long found = words[word] >>> shift;
    if (shift + bits > Long.SIZE) {
      found |= words[word + 1] << -shift;
    }
    return (int) found & (1 << bits) - 1;
  }

  void set(int i, int number) {
    fit(number);
    long at = (long) i * bits;
    int word = (int) (at >>> 6);
    int shift = (int) at & 63;
    long mask = (1L << bits) - 1;
    words[word] = (words[word] & ~(mask << shift)) | ((long) number << shift);
    if (shift + bits > Long.SIZE) {
      words[word + 1] = (words[word + 1] & ~(mask >>> -shift)) | ((long) number >>> -shift);
    }
  }

  /** Makes room for numbers up to this one, which is dear: all of them move. */
  private void fit(int number) {
    if (number >>> bits == 0) {
      return;
    }
    Packed narrow = new Packed(length, bits, words);
    Refill wider = refill(number);
    for (int i = 0; i < length; i++) {
      wider.put(narrow.get(i));
    }
    wider.end();
  }

  /**
   * Takes other numbers in place of all, which are put from the first to the last.
   *
   * @param largest of them
   */
  Refill refill(int largest) {
    bits = Math.max(FIRST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(largest));
    words = words(length, bits);
    return new Refill(words, bits);
  }

  /** Puts number after number, each word once. */
  static final class Refill {
    private final long[] words;
    private final int bits;
    private long word;
    private int at;
    private int shift;

    private Refill(long[] words, int bits) {
      this.words = words;
      this.bits = bits;
    }

    void put(int number) {
      word |= (long) number << shift;
      shift += bits;
      if (shift >= Long.SIZE) {
        words[at++] = word;
        shift -= Long.SIZE;
        word = (long) number >>> (bits - shift); // nothing where it ended with the word
      }
    }

    /** After the last. */
    void end() {
      if (shift > 0) {
        words[at] = word;
      }
    }
  }
}
