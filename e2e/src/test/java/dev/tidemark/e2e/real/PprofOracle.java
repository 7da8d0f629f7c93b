package dev.tidemark.e2e.real;

import dev.tidemark.diagnosis.heap.HeapDiff;
import dev.tidemark.diagnosis.heap.HeapOptions;
import dev.tidemark.diagnosis.heap.HeapReport;
import dev.tidemark.diagnosis.pprof.Profile;
import dev.tidemark.diagnosis.pprof.ProfileLimits;
import dev.tidemark.diagnosis.pprof.ProfileReader;
import dev.tidemark.diagnosis.pprof.ValueType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code go tool pprof} says of two profiles, and what we say, as lines that can be compared.
 */
final class PprofOracle {
  private static final Pattern ROW =
      Pattern.compile(
          "\\s*(-?\\d+)[a-zA-Z]*\\s+\\S+%\\s+\\S+%\\s+(-?\\d+)[a-zA-Z]*\\s+\\S+%  (.*?)"
              + "( \\((?:partial-)?inline\\))?");

  private final Path go;

  PprofOracle(Path go) {
    this.go = go;
  }

  /** Sample types of both profiles together. */
  static List<ValueType> types(Path target) throws IOException {
    return read(target).sampleTypes();
  }

  /** {@code function flat cum}, sorted, by pprof. */
  List<String> pprof(Path base, Path target, ValueType type, String difference)
      throws IOException, InterruptedException {
    String unit =
        switch (type.unit()) {
          case "bytes" -> "B";
          case "nanoseconds" -> "ns";
          default -> type.unit();
        };
    ProcessBuilder builder =
        new ProcessBuilder(
            go.toString(),
            "tool",
            "pprof",
            "-symbolize=none",
            "-top",
            "-trim=false",
            "-sample_index=" + type.type(),
            "-unit=" + unit,
            difference + "=" + base,
            target.toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("go tool pprof failed on " + base + " and " + target);
    }
    List<String> rows = new ArrayList<>();
    out.lines()
        .dropWhile(line -> !line.strip().startsWith("flat  flat%"))
        .skip(1)
        .forEach(line -> rows.add(row(line)));
    rows.sort(null);
    return rows;
  }

  private static String row(String line) {
    Matcher row = ROW.matcher(line);
    if (!row.matches()) {
      throw new IllegalStateException("not a row of pprof -top: " + line);
    }
    return row.group(3) + " " + row.group(1) + " " + row.group(2);
  }

  /** The same by us. */
  static List<String> ours(Path base, Path target, ValueType type) throws IOException {
    HeapDiff diff = new HeapDiff(new HeapOptions(type.type(), 500));
    diff.add("base", read(base), "target", read(target));
    List<String> rows = new ArrayList<>();
    for (HeapReport.FunctionDelta function : diff.report().functions()) {
      rows.add(function.function() + " " + function.flatDelta() + " " + function.cumDelta());
    }
    rows.sort(null);
    return rows;
  }

  private static Profile read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ProfileReader.read(in, ProfileLimits.defaults());
    }
  }
}
