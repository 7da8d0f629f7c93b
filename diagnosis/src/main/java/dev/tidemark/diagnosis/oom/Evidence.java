package dev.tidemark.diagnosis.oom;

import dev.tidemark.diagnosis.gomemory.GoMemory;
import dev.tidemark.diagnosis.gomemory.GoMemoryReader;
import dev.tidemark.diagnosis.input.Input;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers evidence of one death from files in any order; {@link #report} weighs it. */
public final class Evidence {
  private final OomOptions options;
  private final LogClock clock;
  private final KernelLog kernel;
  private final List<GoMemory> samples = new ArrayList<>();
  private final List<StackEvidence> stacks = new ArrayList<>();
  private GoDeath.@Nullable Told death;
  private @Nullable Cgroup cgroup;
  private @Nullable Smaps smaps;
  private boolean kernelRead;
  private boolean panicRead;

  public Evidence(OomOptions options) {
    this.options = options;
    this.clock = new LogClock(options);
    this.kernel = new KernelLog(clock);
  }

  /** A kernel log; a log without a kill is evidence, too. */
  public void kernelLog(Input in) throws IOException {
    kernel.read(in);
    kernelRead = true;
  }

  /** What the process wrote when it died. */
  public void panic(Input in) throws IOException {
    GoDeath.Told told = GoDeath.read(in, clock);
    panicRead = true;
    death = told == null ? death : told;
  }

  /** Groups of goroutines, largest first. */
  public void stacks(List<StackEvidence> groups) {
    stacks.addAll(groups);
  }

  /** Go's own figures; of several files the oldest first. */
  public void memstats(Input in) throws IOException {
    samples.add(GoMemoryReader.read(in));
  }

  /** The contents of the files of a memory cgroup; false when there is none among them. */
  public boolean cgroup(Map<String, String> files) {
    Cgroup read = Cgroup.of(files);
    cgroup = read == null ? cgroup : read;
    return read != null;
  }

  public void smaps(Input in) throws IOException {
    smaps = Smaps.read(in);
  }

  /** What all of it tells. */
  public OomReport report() {
    List<GoMemory> ofVictim = samples.stream().filter(sample -> !isOfAnother(sample)).toList();
    GoMemory go = ofVictim.isEmpty() ? GoMemory.unknown() : ofVictim.get(ofVictim.size() - 1);
    Facts facts =
        new Facts(
            kernel.kills(),
            kernel.moments(),
            death == null ? null : death.death(),
            cgroup,
            smaps,
            ofVictim,
            stacks,
            Accountant.account(kernel.kills(), kernel.moments(), cgroup, smaps, go));
    return new OomReport(
        kernel.kills(),
        kernel.leftOut(),
        facts.death(),
        cgroup,
        smaps,
        facts.accounting(),
        new Timeline(options.window()).of(facts, samples, death),
        Patterns.weigh(facts),
        missing());
  }

  /**
   * Whether figures are of a process that began, or went on, after the last kill: of the one that
   * was started in the victim's place. What they say of memory says nothing of the victim's.
   */
  private boolean isOfAnother(GoMemory sample) {
    Moment kill =
        kernel.moments().isEmpty() ? null : kernel.moments().get(kernel.moments().size() - 1);
    Instant at = kill == null ? null : kill.at();
    if (kill == null || at == null) {
      return false;
    }
    double latest = at.toEpochMilli() / 1000.0 + kill.uncertainty() + 1;
    return sample.value("process_start_time_seconds").orElse(0) > latest
        || sample.value("go_memstats_last_gc_time_seconds").orElse(0) > latest;
  }

  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!kernelRead) {
      missing.add(
          "--kernel-log: who was killed, and what the kernel counted (dmesg, journalctl -k)");
    }
    if (samples.stream().anyMatch(this::isOfAnother)) {
      missing.add(
          "--memstats of the process that was killed: those given began or went on after the last"
              + " kill by their own clock, so they are another's and were not weighed (if the log's"
              + " clock is misread: --zone, --boot-time)");
    } else if (samples.isEmpty()) {
      missing.add("--memstats: what Go knew (the last /metrics, MemStats or heap?debug=1 before)");
    }
    if (cgroup == null && kernel.kills().isEmpty()) {
      missing.add("--cgroup: memory.events says whether there was a kill at all");
    }
    if (stacks.isEmpty() && death == null) {
      missing.add(
          panicRead
              ? "--panic with Go's last words or stacks: the one given holds neither, as when the"
                  + " kernel kills"
              : "--panic: what the process wrote, with stacks of its goroutines");
    }
    return missing;
  }
}
