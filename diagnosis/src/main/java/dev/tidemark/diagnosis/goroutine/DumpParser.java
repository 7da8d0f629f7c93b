package dev.tidemark.diagnosis.goroutine;

/** Takes a dump line by line. */
interface DumpParser {
  void accept(String line);

  /**
   * The dump.
   *
   * @param cut whether its source ended early
   * @param wholeLine whether the last line ended as lines do
   */
  GoroutineDump finish(boolean cut, boolean wholeLine);
}
