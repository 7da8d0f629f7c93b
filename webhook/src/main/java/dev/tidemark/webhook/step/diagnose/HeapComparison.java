package dev.tidemark.webhook.step.diagnose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.heap.Frame;
import dev.tidemark.diagnosis.heap.HeapDiff;
import dev.tidemark.diagnosis.heap.HeapOptions;
import dev.tidemark.diagnosis.heap.HeapReport;
import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.pprof.Profile;
import dev.tidemark.diagnosis.pprof.ProfileLimits;
import dev.tidemark.diagnosis.pprof.ProfileReader;
import dev.tidemark.webhook.playbook.HeapDiffSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** By the diagnosis library: of the paths with the worst verdict, the one that grew most. */
final class HeapComparison {
  /** What a process holds now; a profile without it is none of a heap. */
  private static final String HELD = "inuse_space";

  /** Two of them are held at a time, some 80 MB of heap each; Go's own are below 5 MB. */
  private static final ProfileLimits LIMITS = new ProfileLimits(64L << 20, 500_000, 5_000_000);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A profile and what people are to call it. */
  interface Source {
    String name();

    InputStream open() throws IOException;
  }

  private HeapComparison() {}

  /** IOException when they cannot be compared; its message is for people and names the file. */
  static DumpReader.Told compare(HeapDiffSpec spec, Source base, Source target) throws IOException {
    HeapDiff diff = new HeapDiff(new HeapOptions(HELD, spec.threshold()));
    Profile after = read(target);
    Profile before = read(base);
    try {
      diff.add(base.name(), before, target.name(), after);
    } catch (BadInputException e) {
      throw new IOException(target.name() + " beside " + base.name() + " " + e.getMessage(), e);
    }
    HeapReport report = diff.report();
    String json = json(first(report, spec.top()));
    String since = ", since " + base.name();
    Optional<HeapReport.PathDelta> worst =
        report.paths().stream()
            .filter(path -> path.finding().verdict() == report.worst())
            .findFirst();
    if (worst.isEmpty() || report.worst() == Verdict.NORMAL) {
      String reason = "no allocation path of the heap grew beyond what is usual";
      String verdict = Verdict.NORMAL.text();
      String text = verdict + ": " + reason + since;
      return new DumpReader.Told(verdict, null, null, 0, reason, text, json);
    }
    HeapReport.PathDelta path = worst.get();
    Frame at = place(report, path);
    String verdict = path.finding().verdict().text();
    String reason = "heap " + path.finding().reason();
    return new DumpReader.Told(
        verdict,
        at.function(),
        at.file().isEmpty() ? null : at.file(),
        Math.toIntExact(Math.min(at.line(), Integer.MAX_VALUE)),
        reason,
        verdict + ": " + reason + since + ", at " + words(at),
        json);
  }

  private static Profile read(Source source) throws IOException {
    try (InputStream in = source.open()) {
      return ProfileReader.read(in, LIMITS);
    } catch (BadInputException e) {
      throw new IOException(source.name() + " " + e.getMessage(), e);
    }
  }

  /** The innermost frame outside of Go's own code. */
  private static Frame place(HeapReport report, HeapReport.PathDelta path) {
    return report.clusters().stream()
        .filter(cluster -> cluster.ranks().contains(path.rank()))
        .map(HeapReport.Cluster::at)
        .findFirst()
        .or(() -> path.stack().stream().findFirst())
        .orElse(new Frame("<unknown>", "", 0));
  }

  private static String words(Frame at) {
    String line = at.line() == 0 ? "" : ":" + at.line();
    return at.function() + (at.file().isEmpty() ? "" : " (" + at.file() + line + ")");
  }

  private static HeapReport first(HeapReport report, int top) {
    return new HeapReport(
        report.nodes(),
        report.sampleType(),
        report.unit(),
        report.total(),
        report.seconds(),
        first(report.functions(), top),
        first(report.paths(), top),
        first(report.clusters(), top));
  }

  private static <T> List<T> first(List<T> all, int top) {
    return all.subList(0, Math.min(top, all.size()));
  }

  private static String json(HeapReport report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report cannot be written", e);
    }
  }
}
