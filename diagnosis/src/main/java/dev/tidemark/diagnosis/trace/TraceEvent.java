package dev.tidemark.diagnosis.trace;

import org.jspecify.annotations.Nullable;

/**
 * One event line of {@code go tool trace -d=parsed}, as src/internal/trace/event.go prints it.
 *
 * @param at nanoseconds of the trace's clock
 * @param goroutine whose state changes; -1 of other events
 * @param name of a range, empty of other events
 */
record TraceEvent(
    String kind, long at, long goroutine, String from, String to, String reason, String name) {

  /** Null when the line is no event, or one that is cut. */
  static @Nullable TraceEvent of(String line) {
    if (!line.startsWith("M=")) {
      return null;
    }
    int time = line.indexOf(" Time=");
    int kindAt = time < 0 ? -1 : line.lastIndexOf(' ', time - 1);
    long at = time < 0 ? -1 : number(line, time + 6);
    if (kindAt < 0 || at < 0) {
      return null;
    }
    String kind = line.substring(kindAt + 1, time);
    int id = line.indexOf(" GoID=", time);
    int arrow = line.indexOf("->", time);
    if (kind.equals("StateTransition") && id > 0 && arrow > 0) {
      int space = line.indexOf(' ', arrow);
      String from = line.substring(line.lastIndexOf(' ', arrow) + 1, arrow);
      String to = line.substring(arrow + 2, space < 0 ? line.length() : space);
      return new TraceEvent(
          kind, at, number(line, id + 6), from, to, quoted(line, " Reason=\"", time), "");
    }
    return new TraceEvent(kind, at, -1, "", "", "", quoted(line, " Name=\"", time));
  }

  private static String quoted(String line, String before, int from) {
    int at = line.indexOf(before, from);
    int end = at < 0 ? -1 : line.indexOf('"', at + before.length());
    return end < 0 ? "" : line.substring(at + before.length(), end);
  }

  private static long number(String line, int from) {
    long value = 0;
    int at = from;
    while (at < line.length() && at - from < 18 && Character.isDigit(line.charAt(at))) {
      value = value * 10 + Character.digit(line.charAt(at++), 10);
    }
    return at == from ? -1 : value;
  }
}
