package dev.tidemark.diagnosis.goroutine;

/** Takes a dump line by line. */
interface DumpParser {
  void accept(String line);

  /** The dump; {@code cut} when its source ended early. */
  GoroutineDump finish(boolean cut);
}
