package dev.tidemark.diagnosis.goroutine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The two lines of a frame: {@code main.(*queue).push(0xc000…, 0x1)} and, below it, {@code
 * /src/queue.go:41 +0x1d}. Whatever a logger put before them is passed over.
 */
final class FrameLines {
  private static final String[] ENDINGS = {".go", ".s", ".S", ".c", ".cc", ".cpp", ".h", ">"};

  private static final byte[] BY = "created by ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] IN = " in goroutine ".getBytes(StandardCharsets.US_ASCII);

  /** A position in a file. */
  record Position(String file, int line) {}

  private FrameLines() {}

  /** The function a line calls, or null when it calls none. */
  static @Nullable String function(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) <= ' ') {
      end--;
    }
    if (end == 0 || line.charAt(end - 1) != ')') {
      return null;
    }
    int open = line.lastIndexOf('(', end - 1); // arguments hold no bracket of this kind
    String name = open < 0 ? "" : line.substring(wordStart(line, open), open);
    return isFunction(name) ? name : null;
  }

  /** The function behind {@code created by}, or null. */
  static @Nullable String creator(String line) {
    int at = line.indexOf("created by ");
    if (at < 0 || (at > 0 && line.charAt(at - 1) > ' ')) {
      return null;
    }
    String name = line.substring(at + "created by ".length()).strip();
    int in = name.indexOf(" in goroutine ");
    return in < 0 ? name : name.substring(0, in);
  }

  /** The goroutine behind {@code in goroutine}, or 0 when it is not told. */
  static long parent(String line) {
    byte[] bytes = line.stripTrailing().getBytes(StandardCharsets.UTF_8);
    return parent(bytes, endOfCreator(bytes, bytes.length), bytes.length);
  }

  static boolean isCreator(byte[] buffer, int from, int to) {
    return to - from > BY.length && Arrays.equals(buffer, from, from + BY.length, BY, 0, BY.length);
  }

  /** Where the name of a creator ends that may have {@code in goroutine 7} behind it. */
  static int endOfCreator(byte[] buffer, int to) {
    int digits = to;
    while (digits > 0 && buffer[digits - 1] >= '0' && buffer[digits - 1] <= '9') {
      digits--;
    }
    int in = digits - IN.length;
    return digits < to && in > 0 && Arrays.equals(buffer, in, digits, IN, 0, IN.length) ? in : to;
  }

  /** The number between the name's end and the line's, or 0. */
  static long parent(byte[] buffer, int name, int to) {
    return number(buffer, startOfParent(name), to);
  }

  /** Where it starts behind the name's end. */
  static int startOfParent(int name) {
    return name + IN.length;
  }

  static long number(byte[] buffer, int from, int to) {
    long number = 0;
    for (int i = from; i < to && number < Long.MAX_VALUE / 100; i++) {
      number = number * 10 + (buffer[i] - '0');
    }
    return number;
  }

  /** The bracket that opens the arguments of a call, or -1. */
  static int open(byte[] buffer, int from, int close) {
    int at = close - 1;
    while (at >= from && buffer[at] != '(') {
      at--;
    }
    return at >= from ? at : -1;
  }

  private static boolean isFunction(String name) {
    if (name.equals("panic")) {
      return true;
    }
    int dot = name.indexOf('.');
    return dot > 0 && dot < name.length() - 1 && !name.startsWith("...");
  }

  /** The position a line names, or null; {@code prefix} is what a logger put before the header. */
  static @Nullable Position position(String line, int prefix) {
    int end = line.length();
    int pointers = line.indexOf(" fp=0x");
    if (pointers >= 0) {
      end = pointers;
    }
    int offset = line.lastIndexOf(" +0x", end - 1);
    if (offset >= 0) {
      end = offset;
    }
    while (end > 0 && line.charAt(end - 1) <= ' ') {
      end--;
    }
    int colon = line.lastIndexOf(':', end - 1);
    int number = colon < 0 ? -1 : number(line, colon + 1, end);
    if (number < 0) {
      return null;
    }
    String file = line.substring(pathStart(line, prefix, colon), colon);
    for (String ending : ENDINGS) {
      if (file.endsWith(ending)) {
        return new Position(file, number);
      }
    }
    return null;
  }

  /** Behind the last TAB; else behind the logger's prefix; a path may hold spaces. */
  private static int pathStart(String line, int prefix, int colon) {
    int tab = line.lastIndexOf('\t', colon);
    int start = tab >= 0 ? tab + 1 : prefix < colon ? prefix : 0;
    while (start < colon && line.charAt(start) <= ' ') {
      start++;
    }
    boolean rooted =
        line.charAt(start) == '/' || (start + 1 < colon && line.charAt(start + 1) == ':');
    return tab >= 0 || rooted ? start : wordStart(line, colon);
  }

  private static int wordStart(String line, int end) {
    int start = end;
    while (start > 0 && line.charAt(start - 1) != ' ' && line.charAt(start - 1) != '\t') {
      start--;
    }
    return start;
  }

  private static int number(String line, int from, int to) {
    if (from >= to || to - from > 9) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
