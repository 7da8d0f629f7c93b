package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.input.LineReader;

/** Takes a dump line by line. */
interface DumpParser {
  /** Takes the line that the reader stands at. */
  void accept(LineReader line);

  /**
   * The dump.
   *
   * @param cut whether its source ended early
   * @param wholeLine whether the last line ended as lines do
   */
  GoroutineDump finish(boolean cut, boolean wholeLine);
}
