package dev.tidemark.diagnosis.sched;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.input.LineReader;
import dev.tidemark.diagnosis.input.Seeming;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the scheduler's lines in a log of a Go process that ran with GODEBUG=schedtrace. */
public final class SchedTrace {
  private static final int LINE = 32 << 10;
  private static final int MOST_PROCESSES = 200;
  private static final Pattern NAMED =
      Pattern.compile(
          "^(?:\\[(pod/[^\\]]{1,200})\\] |([\\w.-]{1,80}) +\\| |.{0,200}?([\\w./-]{1,64}\\[\\d{1,10}\\]): )");
  private static final Pattern GOROUTINE =
      Pattern.compile("^ *G\\d{1,18}: status=(\\d{1,6})\\(([^)\\n]{0,60}\\)?)\\) m=");

  private final List<SchedRun> runs = new ArrayList<>();
  private @Nullable SchedRun current;
  private long lines;
  private long damaged;
  private long leftOut;

  private SchedTrace() {}

  /**
   * Reads a log, which may hold anything else between the lines, and several processes.
   *
   * @throws BadInputException when there is no line of the scheduler in it
   */
  public static SchedReport read(String name, Input in) throws IOException {
    byte[] head = in.head(Seeming.HEAD);
    Seeming seeming = Seeming.of(head);
    SchedTrace trace = new SchedTrace();
    LineReader reader = new LineReader(in, LINE);
    for (String line = reader.next(); line != null; line = reader.next()) {
      trace.accept(line);
    }
    if (trace.lines == 0) {
      throw BadInputException.wrongFile(
          trace.damaged > 0 ? "holds only damaged SCHED lines" : seeming.words(head),
          "the output of a Go program run with GODEBUG=schedtrace=1000");
    }
    return new SchedReport(
        name,
        trace.lines,
        trace.damaged,
        trace.leftOut,
        in.wasCut(),
        trace.runs.stream().map(SchedTrace::process).toList());
  }

  private void accept(String line) {
    SchedLine found = SchedLine.find(line);
    if (found != null) {
      lines++;
      current = run(line.substring(0, found.start()), found);
      if (current == null) {
        leftOut++;
      } else {
        current.accept(found);
      }
    } else if (line.contains("SCHED ") && line.contains("ms: gomaxprocs")) {
      damaged++;
    } else if (current != null && line.contains("status=")) {
      detail(current, line);
    }
  }

  private static void detail(SchedRun run, String line) {
    long queue = SchedLine.detail(line);
    if (queue >= 0) {
      run.queue(queue);
      return;
    }
    Matcher goroutine = GOROUTINE.matcher(line);
    if (goroutine.find()) {
      String waits = goroutine.group(2);
      run.goroutine(waits.isEmpty() ? status(goroutine.group(1)) : waits);
    }
  }

  /** Of src/runtime/runtime2.go; what waits says what for. */
  private static String status(String number) {
    return switch (number) {
      case "0" -> "idle";
      case "1" -> "runnable";
      case "2" -> "running";
      case "3" -> "syscall";
      case "4" -> "waiting";
      case "6" -> "dead";
      default -> "status " + number;
    };
  }

  /**
   * The process of a line: its time only rises within one, but that a process that dies writes a
   * line with details, maybe in the millisecond of its last; null beyond the bound.
   */
  private @Nullable SchedRun run(String before, SchedLine line) {
    Matcher named = NAMED.matcher(before);
    String process = "";
    for (int i = 1; i <= 3 && process.isEmpty() && named.reset().find(); i++) {
      process = named.group(i) == null ? "" : String.valueOf(named.group(i));
    }
    SchedRun best = null;
    for (SchedRun run : runs) {
      boolean dies = line.longest() < 0 && !run.detailed && run.lastAt == line.at();
      boolean follows = run.process.equals(process) && (run.lastAt < line.at() || dies);
      if (follows && (best == null || run.lastAt > best.lastAt)) {
        best = run;
      }
    }
    if (best == null && runs.size() < MOST_PROCESSES) {
      best = new SchedRun(process);
      runs.add(best);
    }
    return best;
  }

  private static SchedReport.GoProcess process(SchedRun run) {
    return new SchedReport.GoProcess(
        run.process.isEmpty() ? null : run.process,
        run.lines,
        run.seconds(),
        run.processors,
        run.allProcessors == 0 ? 0 : (double) run.busyProcessors / run.allProcessors,
        run.queued.level(),
        run.longestQueue,
        run.threads.level(),
        run.spinning.level(),
        (double) run.skewed / Math.max(1, run.lines),
        run.detailed,
        run.states(),
        SchedRules.judge(run));
  }
}
