package dev.tidemark.webhook.step.diagnose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.diagnosis.goroutine.Frame;
import dev.tidemark.diagnosis.goroutine.GoroutineAnalysis;
import dev.tidemark.diagnosis.goroutine.GoroutineDump;
import dev.tidemark.diagnosis.goroutine.GoroutineDumps;
import dev.tidemark.diagnosis.goroutine.GoroutineReport;
import dev.tidemark.diagnosis.goroutine.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By the diagnosis library: of the groups with the worst verdict, the largest. */
public final class GoroutineDumpReader implements DumpReader {

  /** Groups kept of a report: the largest come first, and the dump itself is among the evidence. */
  private static final int KEPT = 200;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Told read(String name, InputStream in) throws IOException {
    GoroutineDump dump = GoroutineDumps.read(in, Limits.defaults());
    GoroutineReport report = GoroutineAnalysis.report(name, dump);
    GoroutineReport kept =
        report.groups().size() <= KEPT
            ? report
            : new GoroutineReport(
                report.file(), report.goroutines(), true, report.groups().subList(0, KEPT));
    List<GoroutineReport.Group> worst =
        report.groups().stream().filter(group -> group.verdict() == report.worst()).toList();
    if (worst.isEmpty()) {
      return new Told(
          report.worst().text(), null, null, 0, "no goroutines", "no goroutines", json(kept));
    }
    GoroutineReport.Group group = worst.get(0);
    Frame at = group.blockedAt();
    return new Told(
        group.verdict().text(),
        at == null ? null : at.function(),
        at == null ? null : at.file(),
        at == null || at.line() == null ? 0 : at.line(),
        group.reason(),
        group.verdict().text() + ": " + group.reason() + place(at),
        json(kept));
  }

  private static String place(@Nullable Frame at) {
    if (at == null) {
      return "";
    }
    String line = at.line() == null ? "" : ":" + at.line();
    return ", at " + at.function() + (at.file() == null ? "" : " (" + at.file() + line + ")");
  }

  private static String json(GoroutineReport report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report cannot be written", e);
    }
  }
}
