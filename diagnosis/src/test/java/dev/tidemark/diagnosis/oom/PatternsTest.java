package dev.tidemark.diagnosis.oom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.diagnosis.finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
  private static final long MIB = 1 << 20;

  private final Evidence evidence = new Evidence(KernelLogTest.OPTIONS);

  private static String metrics(Object... namesAndMiB) {
    StringBuilder text = new StringBuilder("go_goroutines 40\n");
    for (int i = 0; i < namesAndMiB.length; i += 2) {
      long bytes = ((Number) namesAndMiB[i + 1]).longValue() * MIB;
      text.append("go_%s_bytes %d\n".formatted(namesAndMiB[i], bytes));
    }
    return text.toString();
  }

  private void kernel(String text) throws IOException {
    evidence.kernelLog(KernelLogTest.input(text));
  }

  private void memstats(String text) throws IOException {
    evidence.memstats(KernelLogTest.input(text));
  }

  private OomReport.Pattern first() {
    List<OomReport.Pattern> patterns = evidence.report().patterns();
    assertThat(patterns).isNotEmpty();
    return patterns.get(0);
  }

  @Test
  void a_live_heap_that_fills_the_limit_is_a_heap_leak() throws IOException {
    kernel(KernelLogTest.V2);
    memstats(metrics("gc_heap_live", 200, "memstats_sys", 400, "memstats_stack_inuse", 2));
    memstats(metrics("gc_heap_live", 410, "memstats_sys", 470, "memstats_stack_inuse", 2));
    assertThat(first().id()).isEqualTo("oom-heap-leak");
    assertThat(first().verdict()).isEqualTo(Verdict.LEAK);
    assertThat(evidence.report().accounting().outside()).isBetween(0L, 10 * MIB);
  }

  @Test
  void stacks_of_many_goroutines_are_a_goroutine_leak() throws IOException {
    kernel(KernelLogTest.V2);
    memstats(
        metrics("gc_heap_live", 120, "memstats_sys", 470, "memstats_stack_inuse", 250)
            .replace("go_goroutines 40", "go_goroutines 98000"));
    evidence.stacks(List.of(new StackEvidence(97_000, "chan send", "main.push queue.go:41", true)));
    assertThat(first().id()).isEqualTo("oom-goroutine-leak");
    assertThat(first().evidence())
        .anyMatch(e -> e.contains("97,000 of them [chan send] at main.push"));
  }

  @Test
  void idle_memory_and_gaps_are_fragmentation() throws IOException {
    kernel(KernelLogTest.V2);
    memstats(
        metrics(
            "gc_heap_live",
            60,
            "memstats_sys",
            480,
            "memstats_heap_inuse",
            250,
            "memstats_heap_alloc",
            80,
            "memstats_heap_idle",
            200,
            "memstats_stack_inuse",
            2));
    assertThat(first().id()).isEqualTo("oom-fragmentation");
  }

  @Test
  void what_the_kernel_counts_and_go_does_not_know_is_off_heap() throws IOException {
    kernel(KernelLogTest.V2);
    memstats(metrics("gc_heap_live", 40, "memstats_sys", 100, "memstats_stack_inuse", 2));
    assertThat(first().id()).isEqualTo("oom-off-heap");
    assertThat(evidence.report().accounting().outside()).isEqualTo(486400L * 1024 - 100 * MIB);
  }

  @Test
  void files_on_tmpfs_are_page_cache_that_cannot_go() throws IOException {
    kernel(
        KernelLogTest.V2
            .replace("shmem 0", "shmem 300000000")
            .replace("anon 498073600", "anon 150000000"));
    assertThat(first().id()).isEqualTo("oom-page-cache");
  }

  @Test
  void sockets_and_page_tables_are_the_kernels() throws IOException {
    kernel(KernelLogTest.V2.replace("sock 4096", "sock 200000000"));
    assertThat(first().id()).isEqualTo("oom-kernel-memory");
  }

  @Test
  void a_process_that_dies_young_and_again_needs_more_to_start() throws IOException {
    kernel(KernelLogTest.OLD);
    memstats("go_goroutines 9\nprocess_start_time_seconds 1.795218780e9\n");
    // started at 23:53:00, killed at 23:59:59: too old
    assertThat(evidence.report().patterns()).noneMatch(p -> p.id().equals("oom-startup-peak"));
    memstats("go_goroutines 9\nprocess_start_time_seconds 1.79521917e9\n");
    assertThat(first().id()).isEqualTo("oom-startup-peak");
    assertThat(first().evidence().get(0)).contains("was 29 s old");
  }

  @Test
  void gomemlimit_above_the_limit_or_missing_is_told() throws IOException {
    kernel(KernelLogTest.V2);
    memstats(metrics("gc_gomemlimit", 600));
    assertThat(first().id()).isEqualTo("oom-gomemlimit");
    memstats("go_gc_gomemlimit_bytes 9.223372036854776e+18\ngo_memstats_next_gc_bytes 7e8\n");
    assertThat(evidence.report().patterns())
        .anyMatch(
            p ->
                p.id().equals("oom-gomemlimit")
                    && p.evidence().get(0).contains("not known to be set"));
  }

  @Test
  void a_machine_without_memory_is_a_neighbours_doing() throws IOException {
    kernel(KernelLogTest.NODE);
    assertThat(first().id()).isEqualTo("oom-neighbour");
    assertThat(first().verdict()).isEqualTo(Verdict.LEAK);
    assertThat(first().evidence()).anyMatch(e -> e.contains("indexer (311)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"go119-out-of-memory.txt", "go127-out-of-memory.txt"})
  void go_that_ends_itself_is_told_by_its_words(String file) throws IOException {
    evidence.panic(KernelLogTest.input(KernelLogTest.recorded(file)));
    assertThat(first().id()).isEqualTo("oom-go-fatal");
    assertThat(first().evidence().get(0)).contains("out of memory");
  }

  @Test
  void the_older_words_tell_what_was_asked_for() throws IOException {
    evidence.panic(
        KernelLogTest.input(
            "runtime: out of memory: cannot allocate 67108864-byte block (469762048 in use)\nfatal error: out of memory\n"));
    assertThat(first().evidence()).contains("it asked for 64.0 MiB with 448 MiB in use");
  }

  @Test
  void a_stack_overflow_is_no_lack_of_memory() throws IOException {
    evidence.panic(KernelLogTest.input(KernelLogTest.recorded("go127-stack-overflow.txt")));
    assertThat(first().id()).isEqualTo("oom-stack-overflow");
    assertThat(Objects.requireNonNull(evidence.report().death()).asked()).isEqualTo(1_000_000_000L);
  }

  @Test
  void reaching_the_limit_without_a_kill_is_reclaim_only() {
    evidence.cgroup(
        Map.of(
            "memory.max", "536870912\n",
            "memory.current", "500000000\n",
            "memory.events", "low 0\nhigh 0\nmax 5120\noom 0\noom_kill 0\noom_group_kill 0\n"));
    assertThat(first().id()).isEqualTo("oom-reclaim-only");
    assertThat(first().verdict()).isEqualTo(Verdict.SUSPECT);
    evidence.cgroup(
        Map.of("memory.max", "max\n", "memory.events", "max 5120\noom 1\noom_kill 1\n"));
    assertThat(first().id()).isEqualTo("oom-limit-reached");
    assertThat(Objects.requireNonNull(evidence.report().cgroup()).limit()).isNull();
  }

  @Test
  void cgroup_v1_tells_kills_in_another_file_and_no_limit_as_a_number() {
    evidence.cgroup(
        Map.of(
            "memory.limit_in_bytes", "9223372036854771712\n",
            "memory.failcnt", "0\n",
            "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n"));
    Cgroup cgroup = Objects.requireNonNull(evidence.report().cgroup());
    assertThat(cgroup.version()).isEqualTo(1);
    assertThat(cgroup.limit()).isNull();
    assertThat(cgroup.failcnt()).isZero();
    assertThat(cgroup.event("oom_kill")).isEqualTo(1);
    assertThat(evidence.cgroup(Map.of("cpu.max", "max"))).isFalse();
  }

  @Test
  void smaps_shows_what_is_not_gos_and_a_rollup_only_sums() throws IOException {
    String smaps =
        """
        00400000-00500000 r-xp 00000000 fe:00 1 /app/pay
        Rss:                1024 kB
        Anonymous:             0 kB
        c000000000-c004000000 rw-p 00000000 00:00 0
        Rss:               10240 kB
        Anonymous:         10240 kB
        7f0000000000-7f0010000000 rw-p 00000000 00:00 0
        Rss:              204800 kB
        Anonymous:        204800 kB
        7f0020000000-7f0020001000 rw-p 00000000 00:00 0 [anon: Go: gc bits]
        Rss:                   4 kB
        Anonymous:             4 kB
        """;
    evidence.smaps(KernelLogTest.input(smaps));
    Smaps read = Objects.requireNonNull(evidence.report().smaps());
    assertThat(read.goHeap()).isEqualTo(10 * MIB);
    assertThat(read.goRuntime()).isEqualTo(4096);
    assertThat(read.otherAnonymous()).isEqualTo(200 * MIB);
    assertThat(first().id()).isEqualTo("oom-off-heap");
    evidence.smaps(
        KernelLogTest.input(
            "00400000-7fff00000000 ---p 00000000 00:00 0    [rollup]\nRss:   1024 kB\nAnonymous: 512 kB\n"));
    assertThat(evidence.report().smaps())
        .isEqualTo(new Smaps(MIB, MIB / 2, 0, null, null, null, null, null));
    assertThatThrownBy(() -> evidence.smaps(KernelLogTest.input("{}")))
        .hasMessageContaining("is JSON; needs /proc");
  }

  @Test
  void events_within_the_window_and_the_clocks_doubt_are_one() throws IOException {
    kernel(
        """
        2026-11-21T10:00:00.000+00:00 n kernel: Out of memory: Killed process 1 (a) total-vm:1kB, anon-rss:1kB, file-rss:0kB
        2026-11-21T10:00:00.090+00:00 n kernel: Out of memory: Killed process 2 (b) total-vm:1kB, anon-rss:1kB, file-rss:0kB
        2026-11-21T10:00:00.300+00:00 n kernel: Out of memory: Killed process 3 (c) total-vm:1kB, anon-rss:1kB, file-rss:0kB
        """);
    evidence.panic(KernelLogTest.input("Nov 21 10:00:01 n pay[1]: fatal error: out of memory\n"));
    List<OomReport.Event> timeline = evidence.report().timeline();
    assertThat(timeline).extracting(OomReport.Event::group).containsExactly(1, 1, 2, 2);
    assertThat(timeline.get(3).clock()).isEqualTo("syslog, zone Z assumed, year assumed");
  }

  @Test
  void each_pattern_has_its_page() {
    for (String id : Patterns.IDS) {
      assertThat(Path.of("..", "docs", "findings", id + ".md")).as(id).satisfies(Files::exists);
    }
  }

  @Test
  void figures_of_who_runs_since_the_kill_are_not_weighed() throws IOException {
    kernel(KernelLogTest.V2.replaceAll("(?m)^\\[ *\\d+\\.\\d+]", "[Tue Mar  5 14:22:31 2024]"));
    Instant kill = Instant.parse(Objects.requireNonNull(evidence.report().kills().get(0).at()));
    String held = metrics("gc_heap_live", 20, "memstats_sys", 40, "memstats_stack_inuse", 2);
    memstats(held + "process_start_time_seconds " + (kill.getEpochSecond() + 60) + "\n");
    OomReport report = evidence.report();
    assertThat(report.accounting().outside()).isNull();
    assertThat(report.patterns())
        .singleElement()
        .returns("oom-limit-reached", OomReport.Pattern::id)
        .returns(Verdict.SUSPECT, OomReport.Pattern::verdict);
    assertThat(report.missing()).anyMatch(text -> text.contains("of the process that was killed"));
    assertThat(report.timeline()).anyMatch(event -> event.what().equals("the process started"));
  }

  @Test
  void figures_of_who_went_on_after_the_kill_are_not_weighed_and_earlier_ones_are()
      throws IOException {
    kernel(KernelLogTest.V2.replaceAll("(?m)^\\[ *\\d+\\.\\d+]", "[Tue Mar  5 14:22:31 2024]"));
    Instant kill = Instant.parse(Objects.requireNonNull(evidence.report().kills().get(0).at()));
    String held = metrics("gc_heap_live", 20, "memstats_sys", 40, "memstats_stack_inuse", 2);
    String last = "go_memstats_last_gc_time_seconds ";
    memstats(held + last + (kill.getEpochSecond() + 60) + "\n");
    assertThat(evidence.report().accounting().goHeld()).isNull();
    memstats(held + last + (kill.getEpochSecond() - 60) + "\n");
    assertThat(first().id()).isEqualTo("oom-off-heap");
  }

  @Test
  void a_kill_at_the_limit_is_told_where_nothing_else_is_known() throws IOException {
    kernel(KernelLogTest.V2);
    assertThat(first().id()).isEqualTo("oom-limit-reached");
    assertThat(first().verdict()).isEqualTo(Verdict.SUSPECT);
    assertThat(first().evidence())
        .anyMatch(text -> text.endsWith("are anonymous memory: Go's heap, stacks or C, no files"));
  }

  @Test
  void kills_that_only_the_cgroup_counts_are_told() {
    evidence.cgroup(
        Map.of("memory.max", "536870912\n", "memory.events", "max 9\noom 3\noom_kill 2\n"));
    assertThat(first().id()).isEqualTo("oom-limit-reached");
    assertThat(first().evidence()).containsExactly("the cgroup counts 2 kills since it was made");
  }

  /** Of a process that held 40 MiB so many seconds before a kill with 475 MiB resident. */
  private OomReport held(long secondsBefore) throws IOException {
    kernel(KernelLogTest.V2.replaceAll("(?m)^\\[ *\\d+\\.\\d+]", "[Tue Mar  5 14:22:31 2024]"));
    Instant kill = Instant.parse(Objects.requireNonNull(evidence.report().kills().get(0).at()));
    memstats(
        metrics("gc_heap_live", 20, "memstats_sys", 40, "memstats_stack_inuse", 2)
            + "go_memstats_last_gc_time_seconds "
            + (kill.getEpochSecond() - secondsBefore)
            + "\n");
    return evidence.report();
  }

  private static OomReport.Pattern pattern(OomReport report, String id) {
    return report.patterns().stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void figures_of_long_before_the_kill_prove_nothing_of_what_is_not_gos() throws IOException {
    OomReport.Pattern offHeap = pattern(held(35 * 3600), "oom-off-heap");
    assertThat(offHeap.verdict()).isEqualTo(Verdict.NORMAL);
    assertThat(offHeap.against())
        .containsExactly(
            "Go's figures are 35 h or more older than the kill: what Go took since counts as not Go's");
    assertThat(first().id()).isEqualTo("oom-limit-reached");
  }

  @Test
  void figures_of_some_minutes_before_the_kill_make_a_suspicion() throws IOException {
    assertThat(pattern(held(1500), "oom-off-heap").verdict()).isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void figures_of_just_before_the_kill_prove_what_is_not_gos() throws IOException {
    assertThat(pattern(held(300), "oom-off-heap").verdict()).isEqualTo(Verdict.LEAK);
    assertThat(pattern(evidence.report(), "oom-off-heap").against()).isEmpty();
  }

  @Test
  void old_figures_that_are_small_speak_against_nothing() throws IOException {
    evidence.stacks(List.of(new StackEvidence(5000, "chan send", "main.push queue.go:41", true)));
    assertThat(pattern(held(35 * 3600), "oom-goroutine-leak").against()).isEmpty();
  }

  @Test
  void goroutines_that_leak_are_told_however_few() throws IOException {
    kernel(KernelLogTest.V2);
    evidence.stacks(
        List.of(
            new StackEvidence(90, "IO wait", "net.accept", false),
            new StackEvidence(40, "chan send", "main.push queue.go:41", true),
            new StackEvidence(7, "chan receive", "main.pull queue.go:50", true)));
    OomReport.Pattern leak = pattern(evidence.report(), "oom-goroutine-leak");
    assertThat(leak.verdict()).isEqualTo(Verdict.NORMAL);
    assertThat(leak.evidence())
        .containsExactly(
            "47 goroutines are judged as leaked, 40 of them [chan send] at main.push queue.go:41");
    assertThat(first().id()).isEqualTo("oom-limit-reached");
  }
}
