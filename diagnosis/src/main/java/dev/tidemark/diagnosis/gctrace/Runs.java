package dev.tidemark.diagnosis.gctrace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the processes of a log apart: by what stands before the lines where that names one, and by
 * the numbers of collections, which only rise within a process.
 */
final class Runs {
  /** Processes reported; lines of further ones are counted. */
  static final int MOST = 200;

  private static final Pattern SYSLOG = Pattern.compile("([\\w./-]{1,64}\\[\\d{1,10}\\]):");
  private static final Pattern COMPOSE = Pattern.compile("^([\\w.-]{1,80}) +\\| ");
  private static final Pattern KUBECTL = Pattern.compile("^\\[(pod/[^\\]]{1,200})\\] ");

  private final List<Run> runs = new ArrayList<>();
  private final Known.Room room = new Known.Room();
  private long duplicates;
  private long leftOut;
  private long clock;

  /** Takes a collection in; the text before it in its line may name its process. */
  void accept(String before, Cycle cycle) {
    String process = process(before);
    long print = Known.print(cycle);
    Run best = null;
    for (int i = runs.size() - 1; i >= 0; i--) {
      Run run = runs.get(i);
      if (run.form == cycle.form() && run.process.equals(process)) {
        if (run.holds(print)) {
          duplicates++;
          return;
        }
        best = better(best, run, cycle);
      }
    }
    if (best != null) {
      best.accept(cycle);
      best.touched = ++clock;
    } else if (runs.size() < MOST) {
      Run run = new Run(process, cycle, new Known(room));
      run.touched = ++clock;
      runs.add(run);
    } else {
      leftOut++;
    }
  }

  /** The run whose last collection comes just before: by number, then the one heard of last. */
  private static @Nullable Run better(@Nullable Run best, Run run, Cycle cycle) {
    Cycle last = run.last();
    if (last.number() >= cycle.number() || last.at() > cycle.at()) {
      return best;
    }
    if (best == null || last.number() > best.last().number()) {
      return run;
    }
    boolean later = last.number() == best.last().number() && run.touched > best.touched;
    return later ? run : best;
  }

  /** The name of the process in what stands before a line, empty when there is none. */
  static String process(String before) {
    if (before.isBlank()) {
      return "";
    }
    String text = before.length() > 400 ? before.substring(0, 400) : before;
    for (Pattern form : List.of(KUBECTL, COMPOSE, SYSLOG)) {
      Matcher matcher = form.matcher(text);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return "";
  }

  List<Run> all() {
    return runs;
  }

  long duplicates() {
    return duplicates;
  }

  long leftOut() {
    return leftOut;
  }
}
