package dev.tidemark.diagnosis.oom;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.input.LineReader;
import dev.tidemark.diagnosis.input.Seeming;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a process has resident, bytes, from /proc/PID/smaps or smaps_rollup.
 *
 * @param goHeap in Go's arenas: named so by Go 1.25 and later, or at the addresses Go takes; null
 *     of a rollup, which does not tell, as the following
 * @param cHeap in [heap], which Go does not use
 * @param otherAnonymous in other mappings without a file: C allocators, thread stacks, and the
 *     runtime's own structures before Go 1.25
 * @param files of programs, libraries and mapped files
 */
public record Smaps(
    long rss,
    long anonymous,
    long swap,
    @Nullable Long goHeap,
    @Nullable Long goRuntime,
    @Nullable Long cHeap,
    @Nullable Long otherAnonymous,
    @Nullable Long files) {
  private static final Pattern MAPPING =
      Pattern.compile("^([0-9a-f]{1,16})-[0-9a-f]{1,16} \\S{4} [0-9a-f]+ \\S+ \\d+ *(.{0,4096})$");
  private static final Pattern VALUE = Pattern.compile("^(\\w{2,20}): +(\\d{1,15}) kB");

  /** Sums while a file is read. */
  private static final class Sums {
    long rss;
    long anonymous;
    long swap;
    final long[] kinds = new long[5];
    int kind = -1;
    boolean rollup;
    boolean any;
  }

  /**
   * Reads a file.
   *
   * @throws BadInputException when it is none of the two
   */
  static Smaps read(Input in) throws IOException {
    byte[] head = in.head(Seeming.HEAD);
    Seeming seeming = Seeming.of(head);
    LineReader lines = new LineReader(in, 8 << 10);
    Sums sums = new Sums();
    for (String line = lines.next(); line != null; line = lines.next()) {
      Matcher mapping = MAPPING.matcher(line);
      if (mapping.find()) {
        sums.kind = kind(mapping.group(1), mapping.group(2).strip());
        sums.rollup |= mapping.group(2).contains("[rollup]");
      } else if (sums.kind >= 0) {
        add(sums, line);
      }
    }
    if (!sums.any) {
      throw BadInputException.wrongFile(
          seeming.words(head), "/proc/PID/smaps or /proc/PID/smaps_rollup of a Go process");
    }
    boolean all = !sums.rollup;
    return new Smaps(
        sums.rss,
        sums.anonymous,
        sums.swap,
        all ? sums.kinds[0] : null,
        all ? sums.kinds[1] : null,
        all ? sums.kinds[2] : null,
        all ? sums.kinds[3] : null,
        all ? sums.kinds[4] : null);
  }

  private static void add(Sums sums, String line) {
    Matcher value = VALUE.matcher(line);
    if (!value.find()) {
      return;
    }
    long bytes = Long.parseLong(value.group(2)) << 10;
    switch (value.group(1)) {
      case "Rss" -> {
        sums.any = true;
        sums.rss += bytes;
        sums.kinds[sums.kind] += bytes;
      }
      case "Anonymous" -> sums.anonymous += bytes;
      case "Swap" -> sums.swap += bytes;
      default -> {}
    }
  }

  private static int kind(String start, String name) {
    if (name.startsWith("[anon: Go: heap")) {
      return 0;
    }
    if (name.startsWith("[anon: Go:")) {
      return 1;
    }
    if (name.equals("[heap]")) {
      return 2;
    }
    if (name.startsWith("/")) {
      return 4;
    }
    // arenas begin at 0xc000000000 (src/runtime/malloc.go) where no address is randomised
    boolean arena = name.isEmpty() && start.length() == 10 && start.startsWith("c0");
    return arena ? 0 : 3;
  }
}
