package dev.tidemark.diagnosis.gctrace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a collection in a line of a log. Forms after gctrace in the documentation of package
 * runtime (src/runtime/extern.go) and what src/runtime/mgc.go prints.
 */
final class GcLine {
  private static final double NONE = Double.NaN;

  /**
   * What a line holds.
   *
   * @param start where in the line it begins; what is before it names the process
   * @param end where it ends; another may follow
   * @param cycle null when it begins as a collection and is damaged
   */
  record Found(int start, int end, @Nullable Cycle cycle) {}

  private GcLine() {}

  /** The first collection at or after a position, null when there is none. */
  static @Nullable Found find(String line, int from) {
    for (int at = line.indexOf("gc", from); at >= 0; at = line.indexOf("gc", at + 1)) {
      Cursor cursor = new Cursor(line, at + 2);
      Found found = cursor.skip(" ") ? concurrent(cursor, at) : classic(cursor, at);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Found concurrent(Cursor cursor, int start) {
    long number = cursor.whole();
    cursor.past(" @");
    double at = cursor.decimal();
    double percent = cursor.past("s ").decimal();
    cursor.past("%");
    if (cursor.failed()) {
      return null;
    }
    cursor.skip(" (checking for goroutine leaks)");
    cursor.past(": ");
    List<Double> clock = sum(cursor);
    Cpu cpu = Cpu.read(cursor.past(" ms clock, "));
    double before = cursor.past(" ms cpu, ").decimal();
    double after = cursor.past("->").decimal();
    double live = cursor.past("->").decimal();
    double goal = cursor.past(" MB, ").decimal();
    cursor.past(" MB goal, ");
    double first = cursor.decimal();
    double stacks = NONE;
    double globals = NONE;
    if (cursor.skip(" MB stacks, ")) {
      stacks = first;
      globals = cursor.decimal();
      first = cursor.past(" MB globals, ").decimal();
    }
    cursor.past(" P");
    boolean forced = cursor.skip(" (forced)");
    if (cursor.failed() || clock.size() < 3) {
      return new Found(start, cursor.position(), null);
    }
    double longest = Math.max(clock.get(0), clock.get(clock.size() - 1));
    double pauses = clock.get(0) + clock.get(clock.size() - 1);
    Form form =
        clock.size() > 3
            ? Form.FIVE_PHASES
            : Double.isNaN(stacks) ? Form.THREE_PHASES : Form.WITH_ROOTS;
    double lasted = clock.stream().mapToDouble(Double::doubleValue).sum();
    Cycle cycle =
        new Cycle(
            form,
            number,
            at,
            percent,
            lasted,
            pauses,
            longest,
            cpu.assist(),
            cpu.background(),
            cpu.idle(),
            before,
            after,
            live,
            goal,
            stacks,
            globals,
            (long) first,
            forced);
    return new Found(start, cursor.position(), cycle);
  }

  private static @Nullable Found classic(Cursor cursor, int start) {
    long number = cursor.whole();
    long processors = cursor.past("(").whole();
    cursor.past("): ");
    if (cursor.failed()) {
      return null;
    }
    List<Double> clock = sum(cursor);
    boolean micros = cursor.skip(" us");
    if (!micros) {
      cursor.past(" ms");
    }
    double before = cursor.past(", ").decimal();
    double after = cursor.past(" -> ").decimal();
    cursor.past(" MB");
    if (cursor.failed()) {
      return new Found(start, cursor.position(), null);
    }
    double lasted = clock.stream().mapToDouble(Double::doubleValue).sum() / (micros ? 1000 : 1);
    Cycle cycle =
        new Cycle(
            Form.STOP_THE_WORLD,
            number,
            NONE,
            NONE,
            lasted,
            lasted,
            lasted,
            NONE,
            NONE,
            NONE,
            before,
            after,
            after,
            NONE,
            NONE,
            NONE,
            processors,
            false);
    return new Found(start, cursor.position(), cycle);
  }

  private static List<Double> sum(Cursor cursor) {
    List<Double> parts = new ArrayList<>();
    do {
      parts.add(cursor.decimal());
    } while (parts.size() < 8 && cursor.skip("+"));
    return parts;
  }

  /** CPU milliseconds: what is split by slashes is assists, background workers, idle workers. */
  private record Cpu(double assist, double background, double idle) {
    static Cpu read(Cursor cursor) {
      double assist = NONE;
      double background = 0;
      double idle = NONE;
      int parts = 0;
      do {
        double part = cursor.decimal();
        if (cursor.skip("/")) {
          assist = part;
          part = cursor.decimal();
          idle = cursor.past("/").decimal();
        }
        background += part;
      } while (++parts < 8 && cursor.skip("+"));
      return new Cpu(assist, background, idle);
    }
  }
}
