package dev.tidemark.diagnosis.gctrace;

/**
 * One collection. Sizes in MiB as the runtime prints them (cut off, not rounded), times in
 * milliseconds, NaN for what this form of line does not tell.
 *
 * @param at seconds from the start of the process to the start of the collection
 * @param gcPercent CPU the collector took since the start of the process, as the runtime says it
 * @param clock how long the collection lasted
 * @param pauses of the stops of the world together
 * @param longestPause the longest of them
 * @param assist CPU of goroutines that had to help because they allocated
 * @param background CPU of the collector's own workers, and of the stops
 * @param idle CPU of workers on processors with nothing else to do
 */
record Cycle(
    Form form,
    long number,
    double at,
    double gcPercent,
    double clock,
    double pauses,
    double longestPause,
    double assist,
    double background,
    double idle,
    double before,
    double after,
    double live,
    double goal,
    double stacks,
    double globals,
    long processors,
    boolean forced) {

  /** CPU milliseconds that the program did not get; idle workers took nothing from it. */
  double cost() {
    return assist + background;
  }
}
