package dev.tidemark.e2e.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * What the demo prints; colours only where the launcher saw a terminal. Thread-safe by its lock.
 */
final class Screen {
  private static final String BOLD = "1";
  private static final String DIM = "2";
  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String CYAN = "36";

  private final PrintStream out;
  private final boolean colour;
  private boolean silent;

  Screen(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** A heading. */
  void heading(String text) {
    print("\n" + paint(BOLD, text));
  }

  /** A plain line. */
  void line(String text) {
    print("  " + text);
  }

  /** A line of lesser weight. */
  void note(String text) {
    print("  " + paint(DIM, text));
  }

  /** Something of the preparation is done. */
  void done(String text, Duration took) {
    print("  " + paint(GREEN, "ok") + "  " + text + paint(DIM, " (" + seconds(took) + ")"));
  }

  /** A stage was reached so long after the leak began. */
  void stage(Duration sinceLeak, String text) {
    print(
        paint(CYAN, String.format(Locale.ROOT, "%+8.1f s", sinceLeak.toMillis() / 1000.0))
            + "  "
            + text);
  }

  void failure(String text) {
    print(paint(RED, "FAILED") + "  " + text);
  }

  /** Nothing more is printed: the user has ended the demo. */
  synchronized void silence() {
    silent = true;
  }

  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private synchronized void print(String text) {
    if (!silent) {
      out.println(text);
      out.flush();
    }
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
