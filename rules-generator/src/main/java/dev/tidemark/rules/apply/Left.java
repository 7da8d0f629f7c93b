package dev.tidemark.rules.apply;

/**
 * In which state all would be left if the program ended now. Safe for use by several threads: once
 * the end has asked, whoever is about to go on waits, so that what it was told stays true.
 */
public final class Left {
  private String words = "nothing was changed";
  private boolean ended;

  /** What is true from now on, until it is told anew; also while the next step is half done. */
  synchronized void is(String now) {
    boolean interrupted = false;
    while (ended) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // the program ends, and with it this thread
      }
    }
    words = now;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** All is told: the end has nothing to add. */
  public void nothingMore() {
    is("");
  }

  /** In words, empty where all is told; nobody goes on after this. */
  public synchronized String end() {
    ended = true;
    return words;
  }
}
