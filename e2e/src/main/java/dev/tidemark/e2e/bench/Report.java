package dev.tidemark.e2e.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * What was measured, shown as it comes and kept in a file as rows of a table, so that what fails
 * later takes nothing away.
 */
final class Report {
  private static final String HEAD = "| what | goal | result |\n| --- | --- | --- |\n";

  private final PrintStream out;
  private final Path file;
  private final StringBuilder rows = new StringBuilder();

  Report(PrintStream out, Path file) throws IOException {
    this.out = out;
    this.file = file;
    Files.writeString(file, HEAD);
  }

  /** Something begins that takes a while. */
  void begins(String what) {
    out.printf("-- %s%n", what);
  }

  /** How far it has come. */
  void progress(String how) {
    out.printf("   %s%n", how);
  }

  /** Something could not be measured. */
  void failed(String why) {
    out.printf("FAILED: %s%n", why);
  }

  /** A figure that has no goal. */
  void fact(String what, String format, Object... values) throws IOException {
    row(what, "none", format, values);
  }

  /** A figure. */
  void row(String what, String goal, String format, Object... values) throws IOException {
    String result = String.format(Locale.ROOT, format, values);
    String row = "| %s | %s | %s |%n".formatted(what, goal, result);
    rows.append(row);
    Files.writeString(file, row, StandardOpenOption.APPEND);
    out.printf("%-48s %s (goal: %s)%n", what, result, goal);
  }

  /** All rows, to be pasted into docs/BENCHMARKS.md. */
  void end() {
    out.printf("%nfor docs/BENCHMARKS.md, also in %s:%n%n%s%s", file, HEAD, rows);
  }
}
