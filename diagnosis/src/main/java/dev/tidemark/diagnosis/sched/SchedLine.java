package dev.tidemark.diagnosis.sched;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One SCHED line: what schedtrace in src/runtime/proc.go of Go 1.2 to 1.27 prints. Fields that a
 * version lacks are -1.
 *
 * @param at milliseconds from the start of the process
 * @param queued goroutines that wait in all queues together
 * @param longest of the queues of the processors; -1 with scheddetail, whose P lines tell
 * @param idle processors with nothing to do
 */
record SchedLine(
    int start,
    long at,
    long processors,
    long idle,
    long threads,
    long spinning,
    long idleThreads,
    long globalQueue,
    long queued,
    long longest,
    boolean stopping) {

  private static final Pattern HEAD =
      Pattern.compile(
          "SCHED (\\d{1,15})ms: gomaxprocs=(\\d{1,6}) idleprocs=(\\d{1,6}) threads=(\\d{1,9})");

  /** Of a P line of scheddetail. */
  private static final Pattern DETAIL =
      Pattern.compile("^ *P\\d{1,6}: status=\\d+ .{0,200}?runqsize=(\\d{1,9})");

  /** Null when the line has none, or one that is cut before it tells anything. */
  static @Nullable SchedLine find(String line) {
    int start = line.indexOf("SCHED ");
    if (start < 0) {
      return null;
    }
    Matcher head = HEAD.matcher(line);
    if (!head.find(start)) {
      return null;
    }
    String rest = line.substring(head.end());
    long global = Math.max(0, field(rest, " runqueue="));
    long sum = global;
    long longest = -1;
    for (String queue : queues(rest)) {
      long length = queue.matches("\\d{1,9}") ? Long.parseLong(queue) : 0;
      sum += length;
      longest = Math.max(longest, length);
    }
    return new SchedLine(
        head.start(),
        Long.parseLong(head.group(1)),
        Long.parseLong(head.group(2)),
        Long.parseLong(head.group(3)),
        Long.parseLong(head.group(4)),
        field(rest, " spinningthreads="),
        field(rest, " idlethreads="),
        field(rest, " runqueue="),
        sum,
        longest,
        field(rest, " gcwaiting=") == 1 || rest.contains(" gcwaiting=true"));
  }

  /** Of the processors: {@code [0 3]} to Go 1.25, {@code [ 0 3 ]} later; none when cut. */
  private static List<String> queues(String text) {
    int from = text.indexOf(" [");
    int to = from < 0 ? -1 : text.indexOf(']', from);
    return to < 0 ? List.of() : List.of(text.substring(from + 2, to).strip().split(" ", -1));
  }

  /** The queue of one processor in a line of scheddetail, -1 when it is none. */
  static long detail(String line) {
    if (!line.contains("runqsize=")) {
      return -1;
    }
    Matcher matcher = DETAIL.matcher(line);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }

  private static long field(String text, String name) {
    int at = text.indexOf(name);
    long value = 0;
    if (at < 0) {
      return -1;
    }
    int from = at + name.length();
    int end = from;
    while (end < text.length() && end - from < 12 && Character.isDigit(text.charAt(end))) {
      value = value * 10 + Character.digit(text.charAt(end++), 10);
    }
    return end == from ? -1 : value;
  }

  /** Processors at work. */
  long busy() {
    return Math.max(0, processors - idle);
  }
}
