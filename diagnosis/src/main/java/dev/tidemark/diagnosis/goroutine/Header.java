package dev.tidemark.diagnosis.goroutine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line that opens a goroutine: {@code goroutine 7 [chan send, 61 minutes, locked to thread]:}.
 * Written by goroutineheader in Go's runtime/traceback.go. Go 1.27 puts labels inside the brackets,
 * where a quoted text may hold commas and brackets.
 *
 * @param offset where "goroutine" stands, behind what a logger put before it
 * @param id -1 when too large to be one
 * @param minutes -1 when not told
 */
record Header(int offset, long id, String state, long minutes, boolean leaked) {
  private static final String WORD = "goroutine ";
  private static final byte[] BYTES = WORD.getBytes(StandardCharsets.US_ASCII);

  /** Of a number that is sure to be one of 64 bits. */
  private static final int MOST_DIGITS = 18;

  /** States in which a goroutine waits for another. */
  private static final Pattern BLOCKED =
      Pattern.compile(
          "chan (send|receive)( \\(nil chan\\))?|select( \\(no cases\\))?|sema.*|sync\\..*");

  /** The same of a program that cannot go on: whoever waits for another waits for ever. */
  Header in(boolean deadlock) {
    return deadlock && BLOCKED.matcher(state).matches()
        ? new Header(offset, id, state, minutes, true)
        : this;
  }

  /** The same for another goroutine. */
  Header of(long other) {
    return new Header(offset, other, state, minutes, leaked);
  }

  /** Whether it says of a goroutine what makes two alike. */
  boolean isAlike(Header other) {
    return leaked == other.leaked && state.equals(other.state);
  }

  /** Whether it is the stack on which a thread schedules, which a crash shows as goroutine 0. */
  boolean isScheduler() {
    return id == 0 && state.startsWith("idle");
  }

  /** Where the number ends in a line that begins as a header does, or -1. */
  static int endOfNumber(byte[] line, int from, int to) {
    int digits = from + BYTES.length;
    if (digits >= to || !Arrays.equals(line, from, digits, BYTES, 0, BYTES.length)) {
      return -1;
    }
    int end = digits;
    while (end < to && line[end] >= '0' && line[end] <= '9') {
      end++;
    }
    return end > digits && end - digits <= MOST_DIGITS ? end : -1;
  }

  /** The number that ends there. */
  static long number(byte[] line, int from, int end) {
    long number = 0;
    for (int i = from + BYTES.length; i < end; i++) {
      number = number * 10 + line[i] - '0';
    }
    return number;
  }

  /** What a header says behind its number; null when it is none. */
  static @Nullable Header behindNumber(String rest) {
    Header header = in(WORD + 1 + rest);
    return header == null || header.offset > 0 ? null : header;
  }

  /** The header in a line, or null. */
  static @Nullable Header in(String line) {
    for (int at = line.indexOf(WORD); at >= 0; at = line.indexOf(WORD, at + 1)) {
      if (at == 0 || !Character.isLetterOrDigit(line.charAt(at - 1)) || afterNewline(line, at)) {
        Header header = at(line, at);
        if (header != null) {
          return header;
        }
      }
    }
    return null;
  }

  /** A line end that a logger escaped as backslash and n. */
  private static boolean afterNewline(String line, int at) {
    return at >= 2 && line.charAt(at - 1) == 'n' && line.charAt(at - 2) == '\\';
  }

  private static @Nullable Header at(String line, int offset) {
    int digits = offset + WORD.length();
    int end = digits;
    while (end < line.length() && line.charAt(end) >= '0' && line.charAt(end) <= '9') {
      end++;
    }
    int open = line.indexOf('[', end);
    if (end == digits || open < 0 || !onlyPointers(line, end, open)) {
      return null;
    }
    int close = close(line, open + 1);
    return close < 0
        ? null
        : state(offset, number(line, digits, end), line.substring(open + 1, close));
  }

  /** Between the number and the bracket: a space, and {@code gp=0xc0 m=nil} of a full traceback. */
  private static boolean onlyPointers(String line, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = line.charAt(i);
      if (c != ' ' && c != '=' && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
        return false;
      }
    }
    return to > from;
  }

  /** The bracket that closes the state: the first outside quotes with a colon behind it. */
  private static int close(String line, int from) {
    boolean quoted = false;
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == ']') {
        String rest = line.substring(i + 1);
        return rest.startsWith(":") || rest.startsWith(" {") ? i : -1;
      }
    }
    return -1;
  }

  private static Header state(int offset, long id, String text) {
    int labels = text.indexOf("labels:{");
    String plain = labels < 0 ? text : text.substring(0, labels).stripTrailing();
    String[] parts = plain.split(", ", -1);
    String state = parts[0];
    boolean leaked = false;
    for (boolean more = true; more; ) {
      more = false;
      for (String mark : new String[] {"(scan)", "(leaked)", "(durable)"}) {
        if (state.endsWith(mark)) {
          leaked |= mark.equals("(leaked)");
          state = state.substring(0, state.length() - mark.length()).stripTrailing();
          more = true;
        }
      }
    }
    return new Header(offset, id, state, minutes(parts), leaked);
  }

  private static long minutes(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i];
      int space = part.indexOf(' ');
      if (space > 0 && part.startsWith("minutes", space + 1)) {
        return number(part, 0, space);
      }
    }
    return -1;
  }

  private static long number(String text, int from, int to) {
    if (to <= from || to - from > MOST_DIGITS) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
