package dev.tidemark.diagnosis.trace;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.input.LineReader;
import dev.tidemark.diagnosis.input.Seeming;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads an execution trace in the text of {@code go tool trace -d=parsed FILE} of Go 1.23 and
 * later, which itself reads traces of Go 1.11 and later.
 */
public final class ExecutionTrace {
  private static final int LINE = 16 << 10;
  private static final String NEEDS =
      "the text that `go tool trace -d=parsed FILE` of Go 1.23 or later writes of an execution trace";

  /** What {@code go tool trace -d} writes up to Go 1.22. */
  private static final Pattern OLD_TEXT = Pattern.compile("\\d+ [A-Z]\\w+ p=-?\\d+ g=\\d+ off=.*");

  private static final long HEAD = 1 << 20;

  private boolean inTransition;
  private boolean inStack;
  private String function = "";
  private final TraceState state = new TraceState();

  private ExecutionTrace() {}

  /**
   * Reads a trace.
   *
   * @throws BadInputException when it is none, or one that is not text
   */
  public static TraceReport read(String name, Input in) throws IOException {
    byte[] head = in.head(Seeming.HEAD);
    Seeming seeming = Seeming.of(head);
    ExecutionTrace trace = new ExecutionTrace();
    LineReader lines = new LineReader(in, LINE);
    boolean old = false;
    for (String line = lines.next(); line != null; line = lines.next()) {
      trace.accept(line);
      old |= !old && in.bytes() < HEAD && OLD_TEXT.matcher(line).matches();
    }
    TraceState state = trace.state;
    if (state.events() == 0) {
      throw seeming == Seeming.TRACE
          ? BadInputException.wrongFile(
              seeming.words() + " as Go writes it",
              "its text: go tool trace -d=parsed "
                  + name
                  + " | tidemark diagnose trace - (the go of Go 1.23 or later; it reads traces of"
                  + " programs built with Go 1.11 and later)")
          : BadInputException.wrongFile(
              old ? "is the text of a go tool trace before Go 1.23" : seeming.words(head), NEEDS);
    }
    List<TraceReport.Starts> starts = state.starts();
    return new TraceReport(
        name,
        state.events(),
        state.seconds(),
        state.created(),
        state.ended(),
        state.leftOut(),
        in.wasCut(),
        starts,
        state.collections(),
        state.delays(),
        TraceRules.judge(state, starts));
  }

  private void accept(String line) {
    TraceEvent event = TraceEvent.of(line);
    if (event != null) {
      state.accept(event, line);
      inTransition = false;
      inStack = false;
      function = "";
    } else if (line.startsWith("TransitionStack=")) {
      inTransition = true;
      inStack = false;
    } else if (line.startsWith("Stack=")) {
      inStack = true;
      inTransition = false;
    } else if (line.startsWith("\t\t")) {
      place(line.strip());
    } else if (line.startsWith("\t")) {
      int at = line.indexOf(" @ ");
      function = at < 0 ? line.strip() : line.substring(1, at);
    }
  }

  private void place(String place) {
    if (function.isEmpty()) {
      return;
    }
    if (inTransition) {
      state.startsAt(function, place);
      inTransition = false;
    } else if (inStack && !function.startsWith("runtime.")) {
      state.createdAt(function + " " + place);
      inStack = false;
    }
  }
}
