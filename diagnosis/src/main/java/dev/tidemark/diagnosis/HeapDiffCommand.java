package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.flame.FlameTree;
import dev.tidemark.diagnosis.heap.HeapDiff;
import dev.tidemark.diagnosis.heap.HeapOptions;
import dev.tidemark.diagnosis.heap.HeapReport;
import dev.tidemark.diagnosis.hprof.HprofDiff;
import dev.tidemark.diagnosis.hprof.HprofReport;
import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.input.Seeming;
import dev.tidemark.diagnosis.pprof.Profile;
import dev.tidemark.diagnosis.pprof.ProfileLimits;
import dev.tidemark.diagnosis.pprof.ProfileReader;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what grew between two heap profiles, and which allocation stack holds it. */
@Command(
    name = "heap-diff",
    description = {
      "Says what grew between two profiles of a process: Go's (or any other) in pprof's protobuf,"
          + " the legacy heap text; gzip is unpacked. Figures are those of go tool pprof -diff_base.",
      "Two heap dumps of a JVM (HPROF) are compared by class, with the ways by which objects are held.",
      "Exit code: 0, with --fail-on 1 when it is met, 2 for a file that cannot be compared."
    })
final class HeapDiffCommand implements Callable<Integer> {
  private static final int TOP_OF_TEXT = 10;

  /** A dump is as large as the heap was. */
  private static final long MOST_OF_A_DUMP = 1L << 40;

  @Option(
      names = "--base",
      required = true,
      paramLabel = "FILE",
      description = "The profile before; repeat it with --target for several nodes.")
  private List<String> bases = List.of();

  @Option(
      names = "--target",
      required = true,
      paramLabel = "FILE",
      description = "The profile after; several with one --base are all compared with it.")
  private List<String> targets = List.of();

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many functions and paths; default: 10 in text, else all.")
  private @Nullable Integer top;

  @Option(
      names = "--sample-type",
      paramLabel = "TYPE",
      description = "What to compare; default: inuse_space, else what the profile shows first.")
  private String sampleType = "";

  @Option(
      names = "--threshold",
      paramLabel = "OBJECTS",
      description = {
        "Paths that gained fewer are normal, unless they are large: 1 MiB, a fifth of all growth",
        "and the heap a tenth larger; default: ${DEFAULT-VALUE}."
      })
  private long threshold = HeapOptions.DEFAULT_THRESHOLD;

  @Option(
      names = "--per",
      paramLabel = "UNIT",
      description = "second, minute, hour, day, or how many requests were served between the two.")
  private @Nullable String per;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    if (bases.size() != 1 && bases.size() != targets.size()) {
      throw new ExitException(
          Cli.INVALID,
          "%d times --base and %d times --target: needs one --base, or one for each --target"
              .formatted(bases.size(), targets.size()));
    }
    EvidenceFile.once(bases, targets);
    if (threshold < 1 || (top != null && top < 1)) {
      throw new ExitException(Cli.INVALID, "--threshold and --top: more than 0");
    }
    if (targets.size() == 1
        && bases.size() == 1
        && (isHprof(targets.get(0)) || isHprof(bases.get(0)))) {
      return hprof(bases.get(0), targets.get(0));
    }
    HeapDiff diff = diff();
    HeapReport report = diff.report();
    Per divisor = Per.of(per, report);
    PrintWriter out = output.out();
    switch (output.format()) {
      case text ->
          new HeapText(out, output.paint(), top == null ? TOP_OF_TEXT : top).write(report, divisor);
      case json -> new HeapJson(out, top == null ? Integer.MAX_VALUE : top).write(report, divisor);
      case html ->
          HeapHtml.write(
              out,
              report,
              FlameTree.of(report.sampleType(), report.unit(), true, diff.stacks()),
              top == null ? Integer.MAX_VALUE : top);
    }
    out.flush();
    return output.exitCode(report.worst());
  }

  /** Dumps are read several times, so they must be files. */
  private static boolean isHprof(String file) throws IOException {
    return !file.equals("-") && seeming(file) == Seeming.HPROF;
  }

  private static Seeming seeming(String file) throws IOException {
    return EvidenceFile.read(
        file, in -> Seeming.of(Input.open(in, Seeming.HEAD).head(Seeming.HEAD)));
  }

  private static void needsHprof(String file, String other) throws IOException {
    if (!isHprof(file)) {
      String found = file.equals("-") ? "is standard input" : seeming(file).words();
      throw new ExitException(
          Cli.INVALID,
          "%s %s; needs a file with a heap dump of a JVM (HPROF), as %s is"
              .formatted(file, found, other));
    }
  }

  private int hprof(String base, String target) throws IOException {
    if (!sampleType.isEmpty() || per != null) {
      throw new ExitException(Cli.INVALID, "--sample-type and --per: not for heap dumps of a JVM");
    }
    needsHprof(base, target);
    needsHprof(target, base);
    AtomicReference<String> reading = new AtomicReference<>(base);
    HprofReport report;
    try {
      report =
          HprofDiff.report(
              base, () -> dump(base, reading), target, () -> dump(target, reading), threshold);
    } catch (BadInputException e) {
      throw new ExitException(Cli.INVALID, reading.get() + " " + e.getMessage());
    }
    PrintWriter out = output.out();
    boolean isText = output.format() == Output.Format.text;
    int most = top != null ? top : isText ? TOP_OF_TEXT : Integer.MAX_VALUE;
    HprofOutput writer = new HprofOutput(out, most);
    switch (output.format()) {
      case text -> writer.text(report, output.paint());
      case json -> writer.json(report);
      case html -> writer.html(report);
    }
    out.flush();
    return output.exitCode(report.worst());
  }

  private static InputStream dump(String file, AtomicReference<String> reading) throws IOException {
    reading.set(file);
    return Input.open(Files.newInputStream(Path.of(file)), MOST_OF_A_DUMP);
  }

  private HeapDiff diff() throws IOException {
    HeapDiff diff = new HeapDiff(new HeapOptions(sampleType, threshold));
    Profile shared = bases.size() == 1 ? read(bases.get(0)) : null;
    for (int i = 0; i < targets.size(); i++) {
      String base = bases.get(shared == null ? i : 0);
      Profile before = shared == null ? read(base) : shared;
      Profile after = read(targets.get(i));
      try {
        diff.add(base, before, targets.get(i), after);
      } catch (BadInputException e) {
        throw new ExitException(Cli.INVALID, targets.get(i) + " " + e.getMessage());
      }
    }
    return diff;
  }

  private static Profile read(String file) throws IOException {
    return EvidenceFile.read(file, in -> ProfileReader.read(in, ProfileLimits.defaults()));
  }
}
