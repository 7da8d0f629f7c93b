package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.gctrace.GcOptions;
import dev.tidemark.diagnosis.gctrace.GcTrace;
import dev.tidemark.diagnosis.gomemory.GoMemoryReader;
import dev.tidemark.diagnosis.goroutine.FleetReport;
import dev.tidemark.diagnosis.goroutine.GoroutineAnalysis;
import dev.tidemark.diagnosis.goroutine.GoroutineDump;
import dev.tidemark.diagnosis.goroutine.GoroutineDumps;
import dev.tidemark.diagnosis.goroutine.Limits;
import dev.tidemark.diagnosis.heap.HeapDiff;
import dev.tidemark.diagnosis.heap.HeapOptions;
import dev.tidemark.diagnosis.hprof.HprofDiff;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.oom.Cgroup;
import dev.tidemark.diagnosis.oom.Evidence;
import dev.tidemark.diagnosis.oom.OomOptions;
import dev.tidemark.diagnosis.pprof.Profile;
import dev.tidemark.diagnosis.pprof.ProfileLimits;
import dev.tidemark.diagnosis.pprof.ProfileReader;
import dev.tidemark.diagnosis.sched.SchedTrace;
import dev.tidemark.diagnosis.trace.ExecutionTrace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every reader of evidence, with what follows from what it read; for {@link ReadersFuzz}. */
enum FuzzedReader {
  GOROUTINE_TEXT,
  GOROUTINE_COUNTS,
  GOROUTINE_PROTOBUF,
  HEAP_PROTOBUF,
  HEAP_TEXT,
  HPROF,
  GCTRACE,
  SCHEDTRACE,
  TRACE,
  KERNEL_LOG,
  PANIC,
  CGROUP,
  SMAPS,
  METRICS;

  private static final long MOST = 64L << 20;

  /** Reads bytes; what is wrong with them is a BadInputException. */
  void read(byte[] bytes) throws IOException {
    switch (this) {
      case GOROUTINE_TEXT, GOROUTINE_COUNTS, GOROUTINE_PROTOBUF -> goroutines(bytes);
      case HEAP_PROTOBUF, HEAP_TEXT -> heap(bytes);
      case HPROF ->
          HprofDiff.report(
              "a",
              () -> new ByteArrayInputStream(bytes),
              "b",
              () -> new ByteArrayInputStream(bytes),
              1);
      case GCTRACE -> GcTrace.read("f", open(bytes), new GcOptions(64L << 20, 60L << 20));
      case SCHEDTRACE -> SchedTrace.read("f", open(bytes));
      case TRACE -> ExecutionTrace.read("f", open(bytes));
      case METRICS -> GoMemoryReader.read(open(bytes)).live();
      case KERNEL_LOG, PANIC, CGROUP, SMAPS -> death(bytes);
    }
  }

  private static Input open(byte[] bytes) throws IOException {
    return Input.open(new ByteArrayInputStream(bytes), MOST);
  }

  private static void goroutines(byte[] bytes) throws IOException {
    GoroutineDump dump = GoroutineDumps.read(new ByteArrayInputStream(bytes), Limits.defaults());
    GoroutineAnalysis.report("a", dump);
    FleetReport.of(
        List.of(
            GoroutineAnalysis.report("b", dump, List.of(dump)),
            GoroutineAnalysis.report("c", dump, List.of(dump, dump))),
        List.of());
  }

  private static void heap(byte[] bytes) throws IOException {
    Profile profile = ProfileReader.read(new ByteArrayInputStream(bytes), ProfileLimits.defaults());
    HeapDiff diff = new HeapDiff(HeapOptions.defaults());
    diff.add("a", profile, "b", profile);
    diff.report();
  }

  private void death(byte[] bytes) throws IOException {
    Evidence evidence =
        new Evidence(
            new OomOptions(
                0.1, ZoneOffset.UTC, Instant.EPOCH, Instant.parse("2026-11-22T00:00:00Z")));
    switch (this) {
      case KERNEL_LOG -> evidence.kernelLog(open(bytes));
      case PANIC -> evidence.panic(open(bytes));
      case SMAPS -> evidence.smaps(open(bytes));
      default -> evidence.cgroup(files(bytes));
    }
    evidence.report();
  }

  /** The files of a folder in one: each begins with a line {@code == NAME}. */
  private static Map<String, String> files(byte[] bytes) {
    Map<String, String> files = new HashMap<>();
    for (String part : new String(bytes, StandardCharsets.ISO_8859_1).split("== ", -1)) {
      int end = part.indexOf('\n');
      String name = end < 0 ? part : part.substring(0, end);
      files.put(
          Cgroup.FILES.stream().filter(name::startsWith).findFirst().orElse("memory.stat"),
          part.substring(end + 1));
    }
    return files;
  }
}
