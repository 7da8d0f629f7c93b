package dev.tidemark.engine.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers from 0 to 65,535, a byte each until one of them is larger than a byte. All 0 at first.
 * Not safe for several threads.
 */
final class Cells {
  private static final int LARGEST_BYTE = 255;
  private static final char[] NO_CHARS = {};

  private byte @Nullable [] narrow;
  private char[] wide = NO_CHARS;

  Cells(int length) {
    narrow = new byte[length];
  }

  int length() {
    return narrow != null ? narrow.length : wide.length;
  }

  int get(int i) {
    return narrow != null ? narrow[i] & LARGEST_BYTE : wide[i];
  }

  void set(int i, int number) {
    if (narrow != null && number > LARGEST_BYTE) {
      widen(narrow);
    }
    if (narrow != null) {
      narrow[i] = (byte) number;
    } else {
      wide[i] = (char) number;
    }
  }

  private void widen(byte[] from) {
    wide = new char[from.length];
    for (int i = 0; i < from.length; i++) {
      wide[i] = (char) (from[i] & LARGEST_BYTE);
    }
    narrow = null;
  }

  /** Copies a stretch to another place, as {@link System#arraycopy} does. */
  void move(int from, int to, int count) {
    Object cells = narrow != null ? narrow : wide;
    System.arraycopy(cells, from, cells, to, count);
  }

  /** Makes room; what is new is 0. */
  void grow(int length) {
    if (narrow != null) {
      narrow = Arrays.copyOf(narrow, length);
    } else {
      wide = Arrays.copyOf(wide, length);
    }
  }
}
