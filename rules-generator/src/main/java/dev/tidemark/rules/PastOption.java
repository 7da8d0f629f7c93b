package dev.tidemark.rules;

import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of verbs that look at a part of the past. */
final class PastOption {
  private static final Duration USUAL = Duration.ofDays(7);

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Where the past begins, as 2026-01-31T08:00:00Z.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Where it ends. Default: now.")
  private @Nullable String to;

  @Option(
      names = "--history",
      paramLabel = "DURATION",
      description = "How long it is, in place of --from. Default: 7d.")
  private @Nullable String history;

  /** What was asked for. */
  record Past(Instant from, Instant to) {
    Duration length() {
      return Duration.between(from, to);
    }
  }

  Past past() {
    if (from != null && history != null) {
      throw new ExitException(Cli.INVALID, "needs --from or --history, and not both");
    }
    Instant end = to == null ? now() : time("--to", to);
    Instant begin = from == null ? end.minus(length()) : time("--from", from);
    if (!begin.isBefore(end)) {
      throw new ExitException(Cli.INVALID, "the past begins at " + begin + " and ends at " + end);
    }
    return new Past(begin, end);
  }

  /** In whole seconds, for people read it. */
  private static Instant now() {
    return InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private Duration length() {
    try {
      return history == null ? USUAL : PromDuration.parse(history);
    } catch (IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, "--history: " + e.getMessage());
    }
  }

  private static Instant time(String flag, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new ExitException(
          Cli.INVALID, flag + ": found " + text + ", needs a time such as 2026-01-31T08:00:00Z");
    }
  }
}
