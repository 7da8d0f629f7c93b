package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.goroutine.GoroutineAnalysis;
import dev.tidemark.diagnosis.goroutine.GoroutineDumps;
import dev.tidemark.diagnosis.goroutine.GoroutineReport;
import dev.tidemark.diagnosis.goroutine.Limits;
import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.input.Seeming;
import dev.tidemark.diagnosis.oom.Evidence;
import dev.tidemark.diagnosis.oom.OomOptions;
import dev.tidemark.diagnosis.oom.OomReport;
import dev.tidemark.diagnosis.oom.StackEvidence;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts together what kernel, container and Go say about a death for lack of memory. */
@Command(
    name = "oom",
    description = {
      "Says what filled the memory of a killed process, from any of this evidence.",
      "Exit code: 0, with --fail-on 1 when it is met, 2 for a file that is not what its flag says."
    })
final class OomCommand implements Callable<Integer> {
  private static final long MOST_BYTES = 4L << 30;
  private static final int STACKS = 20;

  private static final Set<Seeming> NO_TEXT =
      EnumSet.of(
          Seeming.PPROF,
          Seeming.HPROF,
          Seeming.TRACE,
          Seeming.HTML,
          Seeming.ZIP,
          Seeming.PROGRAM,
          Seeming.BINARY);

  private static final Set<Seeming> NO_KERNEL_LOG = EnumSet.copyOf(NO_TEXT);

  private static final Set<Seeming> NO_PANIC = EnumSet.copyOf(NO_TEXT);

  static {
    NO_PANIC.addAll(List.of(Seeming.EMPTY, Seeming.HEAP_TEXT));
    NO_KERNEL_LOG.addAll(List.of(Seeming.EMPTY, Seeming.GOROUTINES, Seeming.HEAP_TEXT));
  }

  @Option(
      names = "--kernel-log",
      paramLabel = "FILE",
      description = "dmesg, journalctl -k or syslog; repeatable.")
  private List<String> kernelLogs = List.of();

  @Option(
      names = "--panic",
      paramLabel = "FILE",
      description = "What the process wrote at its end; stacks in it are judged; repeatable.")
  private List<String> panics = List.of();

  @Option(
      names = "--memstats",
      paramLabel = "FILE",
      description = "Metrics, MemStats as JSON or heap?debug=1 before; repeatable, oldest first.")
  private List<String> memstats = List.of();

  @Option(names = "--cgroup", paramLabel = "DIR", description = "The files of its memory cgroup.")
  private @Nullable Path cgroup;

  @Option(names = "--smaps", paramLabel = "FILE", description = "/proc/PID/smaps or smaps_rollup.")
  private @Nullable String smaps;

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      description = "Events this close count as one; default: ${DEFAULT-VALUE}.")
  private String window = "100ms";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Of times that name none, Europe/Berlin or +02:00; default: UTC.")
  private String zone = "UTC";

  @Option(
      names = "--boot-time",
      paramLabel = "TIME",
      description = "When the machine started, 2026-11-21T10:00:00Z; places seconds since boot.")
  private @Nullable String boot;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    if (kernelLogs.isEmpty()
        && panics.isEmpty()
        && memstats.isEmpty()
        && cgroup == null
        && smaps == null) {
      throw new ExitException(
          Cli.INVALID, "needs one of --kernel-log, --panic, --memstats, --cgroup, --smaps");
    }
    List<String> files = new ArrayList<>(kernelLogs);
    files.addAll(panics);
    files.addAll(memstats);
    EvidenceFile.once(files, smaps == null ? List.of() : List.of(smaps));
    Evidence evidence = new Evidence(options());
    for (String file : kernelLogs) {
      with(file, in -> evidence.kernelLog(text(in, "a kernel log", NO_KERNEL_LOG)));
    }
    for (String file : panics) {
      EvidenceFile.again(file, readable -> panic(readable, evidence));
    }
    for (String file : memstats) {
      with(file, evidence::memstats);
    }
    if (smaps != null) {
      with(smaps, evidence::smaps);
    }
    if (cgroup != null && !evidence.cgroup(CgroupFolder.read(cgroup))) {
      throw new ExitException(
          Cli.INVALID,
          cgroup + " holds no files of a memory cgroup, needs memory.max or memory.limit_in_bytes");
    }
    OomReport report = evidence.report();
    List<Finding> findings =
        report.patterns().stream().map(p -> new Finding(p.id(), p.verdict(), p.reason())).toList();
    return new Reporting(output, "Out of memory")
        .write(List.of(report), (r, print) -> new OomText(print).write(r), findings);
  }

  private OomOptions options() {
    return new OomOptions(
        given("--window", window, PromDuration::parse, "a duration such as 100ms or 2s").toMillis()
            / 1000.0,
        given("--zone", zone, ZoneId::of, "a zone such as Europe/Berlin, +02:00 or UTC"),
        boot == null
            ? null
            : given(
                "--boot-time",
                boot,
                text -> OffsetDateTime.parse(text).toInstant(),
                "a time with its zone such as 2026-11-21T10:00:00Z (date -u -d \"$(uptime -s)\" +%FT%TZ)"),
        Instant.now());
  }

  private static <T> T given(String flag, String text, Function<String, T> of, String needs) {
    try {
      return of.apply(text);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, flag + " " + text + ": needs " + needs);
    }
  }

  /** Refuses what surely holds nothing of the kind, which would look like no kill. */
  private static Input text(Input in, String needs, Set<Seeming> refused) throws IOException {
    byte[] head = in.head(Seeming.HEAD);
    Seeming seeming = Seeming.of(head);
    if (refused.contains(seeming)) {
      throw BadInputException.wrongFile(seeming.words(head), needs);
    }
    return in;
  }

  private static void panic(String file, Evidence evidence) throws IOException {
    with(file, in -> evidence.panic(text(in, "what the process wrote", NO_PANIC)));
    stacks(file, evidence);
  }

  private interface Take {
    void from(Input in) throws IOException;
  }

  private static void with(String file, Take take) throws IOException {
    EvidenceFile.read(
        file,
        in -> {
          take.from(Input.open(in, MOST_BYTES));
          return file;
        });
  }

  /** Stacks are there if it died by Go's hand, and not when the kernel killed it. */
  private static void stacks(String file, Evidence evidence) throws IOException {
    EvidenceFile.read(
        file,
        in -> {
          try {
            GoroutineReport report =
                GoroutineAnalysis.report(
                    file, GoroutineDumps.read(in, Limits.defaults()), List.of());
            evidence.stacks(report.groups().stream().limit(STACKS).map(OomCommand::stack).toList());
          } catch (BadInputException e) {
            evidence.stacks(List.of());
          }
          return file;
        });
  }

  private static StackEvidence stack(GoroutineReport.Group group) {
    String place =
        group.blockedAt() == null
            ? "the standard library"
            : group.blockedAt().function()
                + " "
                + group.blockedAt().file()
                + ":"
                + group.blockedAt().line();
    return new StackEvidence(
        group.count(),
        Objects.requireNonNullElse(group.state(), "?"),
        place,
        group.verdict() == Verdict.LEAK);
  }
}
