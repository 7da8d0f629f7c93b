package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.toolkit.launch.Cli;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** The options that every command has: how to write what it found, and when to fail. */
final class Output {
  /** What {@code --format} takes. */
  enum Format {
    text,
    json,
    html
  }

  /** What {@code --fail-on} takes. */
  enum FailOn {
    leak(Verdict.LEAK),
    suspect(Verdict.SUSPECT);

    private final Verdict least;

    FailOn(Verdict least) {
      this.least = least;
    }
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json or html; default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  @Option(
      names = "--fail-on",
      paramLabel = "VERDICT",
      description = "leak or suspect: exit with 1 when something is that or worse.")
  private @Nullable FailOn failOn;

  Format format() {
    return format;
  }

  /** Standard output; the caller flushes it. Names in what is written to it must be made safe. */
  PrintWriter out() {
    return new PrintWriter(System.out, false, StandardCharsets.UTF_8);
  }

  /** Colours when a person looks at a terminal that has them; NO_COLOR and TERM are respected. */
  Paint paint() {
    return new Paint(Ansi.AUTO.enabled());
  }

  /** 1 when what was found is bad enough for {@code --fail-on}, else 0. */
  int exitCode(Verdict worst) {
    FailOn least = failOn;
    return least != null && worst.compareTo(least.least) >= 0 ? Cli.FINDINGS : Cli.OK;
  }
}
