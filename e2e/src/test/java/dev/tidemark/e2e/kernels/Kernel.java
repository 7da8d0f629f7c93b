package dev.tidemark.e2e.kernels;

/**
 * A program of e2e/kernels as it lists itself.
 *
 * @param healthy whether nothing of it leaks
 * @param held whether rules were written without looking at it
 * @param many whether one copy looks like what it should be, so that only many tell
 * @param blocks whether its caller stands, too
 */
record Kernel(String name, boolean healthy, boolean held, boolean many, boolean blocks) {
  static Kernel of(String line) {
    String[] words = line.split(" ");
    return new Kernel(
        words[0],
        words[1].equals("healthy"),
        words[2].equals("held"),
        words[3].equals("many"),
        words[4].equals("blocks"));
  }
}
