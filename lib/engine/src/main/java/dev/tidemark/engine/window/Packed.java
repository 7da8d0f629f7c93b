package dev.tidemark.engine.window;

/**
 * Numbers from 0 to 65,535, each in as few bits as the largest so far needs. All 0 at first. Not
 * safe for several threads.
 */
final class Packed {
  private static final int FIRST_BITS = 2;

  private final int length;
  private int bits = FIRST_BITS;
  private long[] words;

  Packed(int length) {
    this.length = length;
    words = words(length, bits);
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
    char[] all = new char[length];
    for (int i = 0; i < length; i++) {
      all[i] = (char) get(i);
    }
    write(all, number);
  }

  /**
   * Takes other numbers in place of all.
   *
   * @param numbers as many as there are
   */
  void setAll(char[] numbers) {
    int largest = 0;
    for (char number : numbers) {
      largest |= number;
    }
    write(numbers, largest);
  }

  private void write(char[] numbers, int largest) {
    bits = Math.max(FIRST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(largest));
    words = words(length, bits);
    long word = 0;
    int at = 0;
    int shift = 0;
    for (char number : numbers) {
      word |= (long) number << shift;
      shift += bits;
      if (shift >= Long.SIZE) {
        words[at++] = word;
        shift -= Long.SIZE;
        word = (long) number >>> (bits - shift); // nothing where it ended with the word
      }
    }
    if (shift > 0) {
      words[at] = word;
    }
  }
}
