package dev.tidemark.diagnosis.oom;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.input.LineReader;
import dev.tidemark.diagnosis.input.Seeming;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a Go process says itself that it died of memory. Texts of src/runtime/{malloc,mheap,stack,
 * mem_linux,os_linux,proc}.go.
 *
 * @param message the line that says it
 * @param asked bytes that could not be had, or the limit of a stack
 * @param inUse bytes the heap had
 * @param at null when its log has no times
 */
public record GoDeath(
    Kind kind, String message, @Nullable Long asked, @Nullable Long inUse, @Nullable String at) {
  /** What ran out. */
  public enum Kind {
    OUT_OF_MEMORY,
    STACK_OVERFLOW,
    THREADS,
    /** A shell or supervisor says that it was killed. */
    KILLED
  }

  private static final Pattern BLOCK =
      Pattern.compile("cannot allocate (\\d{1,18})-byte block \\((\\d{1,18}) in use\\)");
  private static final Pattern STACK =
      Pattern.compile("goroutine stack exceeds (\\d{1,18})-byte limit");
  private static final Pattern KILLED =
      Pattern.compile("signal: killed|exit (?:status|code) 137|OOMKilled|status=9/KILL");

  /** A death with its moment. */
  record Told(GoDeath death, Moment moment) {}

  /** What a process or its log writes, whether it dies or not. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "^panic: |^fatal error: |^goroutine \\d+ |^SIG[A-Z]{3,6}: |^runtime: "
              + "|\\b(?:DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\\b|\\b(?:level|lvl|severity)\\b\"?[=:]");

  /**
   * The first in a log, null when there is none.
   *
   * @throws BadInputException when it is no log of a process
   */
  static @Nullable Told read(Input in, LogClock clock) throws IOException {
    byte[] head = in.head(Seeming.HEAD);
    LineReader lines = new LineReader(in, 4 << 10);
    Told killed = null;
    Told found = null;
    boolean known = false;
    for (String line = lines.next(); line != null; line = lines.next()) {
      known = known || WRITTEN.matcher(line).find() || clock.of(line).at() != null;
      Kind kind = kind(line);
      if (kind == Kind.KILLED && killed == null) {
        killed = told(kind, line, null, clock);
      } else if (kind != null
          && kind != Kind.KILLED
          && (found == null || isMoreExact(found, line))) {
        found = told(kind, line, found, clock);
      }
    }
    if (!known && found == null && killed == null) {
      throw BadInputException.wrongFile(
          Seeming.of(head).words(head),
          "what the process wrote at its end, or its log; leave --panic out where it wrote nothing");
    }
    return found == null ? killed : found;
  }

  /** A "fatal error" tells no sizes; the line of the runtime before it does. */
  private static boolean isMoreExact(Told found, String line) {
    return found.death.asked == null && BLOCK.matcher(line).find();
  }

  private static @Nullable Kind kind(String line) {
    if ((line.contains("stack overflow") && line.contains("fatal error: "))
        || line.contains("runtime: goroutine stack exceeds")) {
      return Kind.STACK_OVERFLOW;
    }
    boolean fatal = line.contains("fatal error: ") || line.contains("runtime: ");
    if (fatal && (line.contains("out of memory") || line.contains("cannot allocate memory"))) {
      return Kind.OUT_OF_MEMORY;
    }
    if (line.contains("runtime: failed to create new OS thread")
        || line.contains("fatal error: thread exhaustion")
        || line.contains("-thread limit")) {
      return Kind.THREADS;
    }
    return KILLED.matcher(line).find() ? Kind.KILLED : null;
  }

  private static Told told(Kind kind, String line, @Nullable Told before, LogClock clock) {
    Matcher block = BLOCK.matcher(line);
    Matcher stack = STACK.matcher(line);
    Long asked = null;
    Long inUse = null;
    if (block.find()) {
      asked = Long.valueOf(block.group(1));
      inUse = Long.valueOf(block.group(2));
    } else if (stack.find()) {
      asked = Long.valueOf(stack.group(1));
    }
    int start = Math.max(0, Math.max(line.indexOf("fatal error: "), line.indexOf("runtime: ")));
    Moment moment = clock.of(line);
    if (moment.at() == null && before != null) {
      moment = before.moment;
    }
    String at = moment.at() == null ? null : moment.at().toString();
    String message = line.substring(start, Math.min(line.length(), start + 200));
    return new Told(new GoDeath(kind, message, asked, inUse, at), moment);
  }
}
