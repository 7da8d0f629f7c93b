package dev.tidemark.diagnosis.oom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The log of kernel 6.18 with cgroup v1 was recorded. The others are written after the formats in
 * mm/oom_kill.c and mm/memcontrol.c of Linux 3.10, 4.19, 5.10 and 6.1.
 */
class KernelLogTest {
  static final OomOptions OPTIONS =
      new OomOptions(0.1, ZoneOffset.UTC, null, Instant.parse("2026-11-22T00:00:00Z"));

  /** Linux 6.1, cgroup v2, a container of Kubernetes. */
  static final String V2 =
      """
      [  812.104455] pay invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=984
      [  812.104470] CPU: 3 PID: 4711 Comm: pay Not tainted 6.1.0-18-amd64 #1  Debian 6.1.76-1
      [  812.104520] memory: usage 524288kB, limit 524288kB, failcnt 1043
      [  812.104522] swap: usage 0kB, limit 0kB, failcnt 0
      [  812.104524] Memory cgroup stats for /kubepods.slice/pod7.slice/cri-1.scope:
      [  812.104540] anon 498073600
                     file 12288000
                     kernel 26476544
                     kernel_stack 1654784
      [  812.104541] sock 4096
      [  812.104542] shmem 0
      [  812.104544] Tasks state (memory values in pages):
      [  812.104545] [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
      [  812.104549] [   4700]     0  4700      243        1    28672        0          -998 pause
      [  812.104552] [   4711]  1000  4711   503122   121600  1245184        0           984 pay
      [  812.104556] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=cri-1.scope,mems_allowed=0,oom_memcg=/kubepods.slice/pod7.slice/cri-1.scope,task_memcg=/kubepods.slice/pod7.slice/cri-1.scope,task=pay,pid=4711,uid=1000
      [  812.104581] Memory cgroup out of memory: Killed process 4711 (pay) total-vm:2012488kB, anon-rss:486400kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:1216kB oom_score_adj:984
      """;

  /** Linux 5.10, the machine itself. */
  static final String NODE =
      """
      kernel: [ 99.500000] kubelet invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=-999
      kernel: [ 99.510000] [    311]     0   311   903122   900000  7340032        0             0 indexer
      kernel: [ 99.510001] [   4711]  1000  4711   503122    25000   262144        0           984 pay
      kernel: [ 99.520000] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/kubepods/pod7,task=pay,pid=4711,uid=1000
      kernel: [ 99.530000] Out of memory: Killed process 4711 (pay) total-vm:2012488kB, anon-rss:100000kB, file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:256kB oom_score_adj:984
      """;

  /** Linux 3.10 (CentOS 7), cgroup v1. */
  static final String OLD =
      """
      Nov 20 23:59:59 node1 kernel: java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0
      Nov 20 23:59:59 node1 kernel: CPU: 0 PID: 99 Comm: java Not tainted 3.10.0-1160.el7.x86_64 #1
      Nov 20 23:59:59 node1 kernel: Task in /docker/abc killed as a result of limit of /docker/abc
      Nov 20 23:59:59 node1 kernel: memory: usage 65536kB, limit 65536kB, failcnt 0
      Nov 20 23:59:59 node1 kernel: Memory cgroup stats for /docker/abc: cache:1024KB rss:64512KB rss_huge:0KB mapped_file:0KB swap:0KB
      Nov 20 23:59:59 node1 kernel: [ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name
      Nov 20 23:59:59 node1 kernel: [  101]     0   101    40000    16000      60        0             0 pay
      Nov 20 23:59:59 node1 kernel: Memory cgroup out of memory: Kill process 101 (pay) score 990 or sacrifice child
      Nov 20 23:59:59 node1 kernel: Killed process 101 (pay) total-vm:160000kB, anon-rss:64000kB, file-rss:0kB, shmem-rss:0kB
      """;

  static KernelLog read(String text) {
    return read(text, OPTIONS);
  }

  static KernelLog read(String text, OomOptions options) {
    KernelLog log = new KernelLog(new LogClock(options));
    try {
      log.read(input(text));
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Input input(String text) throws IOException {
    return Input.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 1 << 24);
  }

  static String recorded(String name) {
    try (InputStream in = KernelLogTest.class.getResourceAsStream("/oom/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Kill only(String text) {
    List<Kill> kills = read(text).kills();
    assertThat(kills).hasSize(1);
    return kills.get(0);
  }

  @Test
  void a_recorded_kill_names_victim_invoker_limit_and_what_was_counted() {
    Kill kill = only(recorded("kernel-6.18-cgroup-v1.txt"));
    assertThat(kill.victim()).isEqualTo("gcload-1.27");
    assertThat(kill.victimPid()).isEqualTo(25666);
    assertThat(kill.invoker()).isEqualTo("python3");
    assertThat(kill.invokerPid()).isEqualTo(25665);
    assertThat(kill.scope()).isEqualTo(Kill.Scope.MEMCG);
    assertThat(kill.cgroup()).isEqualTo("/kubepods/burstable/pod7/pay");
    assertThat(kill.limit()).isEqualTo(64L << 20);
    assertThat(kill.usage()).isEqualTo(65532L << 10);
    assertThat(kill.failcnt()).isEqualTo(6009);
    assertThat(kill.anon()).isEqualTo(59520L << 10);
    assertThat(kill.counted()).containsEntry("total_rss", 66674688L);
    assertThat(kill.tasks())
        .containsExactly(
            new Task(25666, "gcload-1.27", 14931L * 4096),
            new Task(25665, "python3", 2940L * 4096));
    assertThat(kill.uptime()).isEqualTo(47311.906571);
    assertThat(kill.at()).isNull();
  }

  @Test
  void cgroup_v2_counts_by_other_names() {
    Kill kill = only(V2);
    assertThat(kill.limit()).isEqualTo(512L << 20);
    assertThat(kill.counted()).containsEntry("anon", 498073600L).containsEntry("sock", 4096L);
    assertThat(kill.tasks().get(0)).isEqualTo(new Task(4711, "pay", 121600L * 4096));
    assertThat(kill.pageTables()).isEqualTo(1216L << 10);
    assertThat(kill.scoreAdjustment()).isEqualTo(984);
  }

  @Test
  void a_machine_without_memory_is_no_limit_of_a_container() {
    Kill kill = only(NODE);
    assertThat(kill.scope()).isEqualTo(Kill.Scope.NODE);
    assertThat(kill.cgroup()).isNull();
    assertThat(kill.invoker()).isEqualTo("kubelet");
    assertThat(kill.tasks().get(0).name()).isEqualTo("indexer");
  }

  @Test
  void kernel_3_10_tells_in_two_lines_and_its_failcnt_may_be_0() {
    Kill kill = only(OLD);
    assertThat(kill.scope()).isEqualTo(Kill.Scope.MEMCG);
    assertThat(kill.cgroup()).isEqualTo("/docker/abc");
    assertThat(kill.failcnt()).isZero();
    assertThat(kill.counted()).containsEntry("rss", 64512L << 10);
    assertThat(kill.at()).isEqualTo("2026-11-20T23:59:59Z");
    assertThat(kill.invokerPid()).isEqualTo(99);
  }

  @Test
  void several_kills_are_told_apart_and_one_through_two_logs_counts_once() {
    assertThat(read(V2 + NODE + OLD).kills()).hasSize(3);
    assertThat(read(V2 + V2).kills()).hasSize(1);
    String group =
        V2
            + "[  812.200000] Tasks in /kubepods.slice/pod7.slice are going to be killed due to memory.oom.group set\n"
            + "[  812.200001] Memory cgroup out of memory: Killed process 4712 (log) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:0\n";
    assertThat(read(group).kills())
        .hasSize(2)
        .last()
        .satisfies(k -> assertThat(k.group()).isTrue());
  }

  @Test
  void a_kill_whose_beginning_the_ring_buffer_lost_is_still_one() {
    String line = V2.lines().reduce((a, b) -> b).orElseThrow();
    Kill kill = only(line);
    assertThat(kill.scope()).isEqualTo(Kill.Scope.MEMCG);
    assertThat(kill.invoker()).isNull();
    assertThat(kill.limit()).isNull();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[Sat Nov 21 13:54:19 2026] | 2026-11-21T13:54:19Z | 2",
        "[Sa Nov 21 13:54:19 2026] | 2026-11-21T13:54:19Z | 2",
        "[sam. nov. 21 13:54:19 2026] | 2026-11-21T13:54:19Z | 2",
        "[六 11月 21 13:54:19 2026] | 2026-11-21T13:54:19Z | 2",
        "[сб ноя 21 13:54:19 2026] | 2026-11-21T13:54:19Z | 2",
        "Nov 21 13:54:19 node1 kernel: | 2026-11-21T13:54:19Z | 1",
        "Dez 24 13:54:19 node1 kernel: | 2025-12-24T13:54:19Z | 1",
        "nov. 21 13:54:19 node1 kernel: | 2026-11-21T13:54:19Z | 1",
        "21 nov. 13:54:19 node1 kernel: | 2026-11-21T13:54:19Z | 1",
        "2026-11-21T13:54:19+0100 node1 kernel: | 2026-11-21T12:54:19Z | 1",
        "2026-11-21T13:54:19.123456+01:00 node1 kernel: [812.104581] | 2026-11-21T12:54:19.123456Z | 0.001",
        "2026-11-21 13:54:19,5 | 2026-11-21T13:54:19.500Z | 0.001",
      })
  void dates_of_any_log_and_language_are_placed(String before, String at, double uncertainty) {
    Moment moment =
        new LogClock(OPTIONS).of(before + " Memory cgroup out of memory: Killed process 1 (a)");
    assertThat(moment.at()).isEqualTo(Instant.parse(at));
    assertThat(moment.uncertainty()).isEqualTo(uncertainty);
    Kill kill =
        only(
            before
                + " Memory cgroup out of memory: Killed process 1 (a) total-vm:1kB, anon-rss:1kB, file-rss:0kB");
    assertThat(kill.at()).isEqualTo(Instant.parse(at).toString());
  }

  @Test
  void seconds_since_boot_are_placed_by_a_boot_time_and_zones_as_given() {
    OomOptions options =
        new OomOptions(
            0.1, ZoneId.of("+02:00"), Instant.parse("2026-11-21T00:00:00Z"), OPTIONS.now());
    LogClock clock = new LogClock(options);
    assertThat(clock.of("[   60.500000] x").at()).isEqualTo("2026-11-21T00:01:00.500Z");
    assertThat(clock.of("[Sat Nov 21 13:54:19 2026] x").at()).isEqualTo("2026-11-21T11:54:19Z");
    assertThat(clock.of("no time").at()).isNull();
    assertThat(clock.of("Feb 31 10:00:00 x").at()).isNull();
  }

  @Test
  void kills_beyond_the_bound_are_counted() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < KernelLog.MOST + 3; i++) {
      log.append(
          "[ 1.%06d] Out of memory: Killed process %d (a) total-vm:1kB, anon-rss:1kB, file-rss:0kB%n"
              .formatted(i, i));
    }
    assertThat(read(log.toString()).kills()).hasSize(KernelLog.MOST);
    assertThat(read(log.toString()).leftOut()).isEqualTo(3);
  }

  private static final String DMESG = "[  812.104581] ";
  private static final String CTIME = "[Sat Nov 21 13:54:19 2026] ";
  private static final String JOURNAL = "2026-11-21T14:54:19+0100 n kernel: ";

  /** The log of V2 as another tool writes it. */
  private static String as(String prefix) {
    return V2.replaceAll("(?m)^\\[ *\\d+\\.\\d+\\] ", Matcher.quoteReplacement(prefix));
  }

  private static List<Kill> through(String... logs) throws IOException {
    KernelLog log = new KernelLog(new LogClock(OPTIONS));
    for (String text : logs) {
      log.read(input(text));
    }
    return log.kills();
  }

  @Test
  void one_kill_counts_once_whatever_clocks_its_logs_have() throws IOException {
    List<String> forms =
        List.of(
            DMESG,
            CTIME,
            JOURNAL,
            "2026-11-21T14:54:19.104581+01:00 n kernel: ",
            "2026-11-21T14:54:19,104581+01:00 ",
            "Nov 21 13:54:19 n kernel: " + DMESG,
            "Nov 21 13:54:20 n kernel: ");
    for (String one : forms) {
      for (String two : forms) {
        assertThat(through(as(one), as(two)))
            .as(one + "and " + two)
            .singleElement()
            .satisfies(kill -> assertThat(kill.limit()).isEqualTo(512L << 20));
      }
    }
    String berlin = "[Sat Nov 21 14:54:19 2026] "; // where nobody says so
    String drifted = "[Sat Nov 21 13:51:02 2026] "; // after months without a boot
    for (String sure : List.of(DMESG, JOURNAL, "2026-11-21T14:54:19,104581+01:00 ")) {
      assertThat(through(as(berlin), as(sure))).as(sure).hasSize(1);
      assertThat(through(as(sure), as(drifted))).as(sure).hasSize(1);
    }
    assertThat(through(as(DMESG), as(CTIME), as(JOURNAL)))
        .singleElement()
        .returns("2026-11-21T13:54:19Z", Kill::at)
        .returns(812.104581, Kill::uptime);
  }

  @Test
  void what_only_one_of_two_logs_tells_of_a_kill_is_kept() throws IOException {
    String line = as(CTIME).lines().reduce((a, b) -> b).orElseThrow();
    assertThat(through(line, as(DMESG)))
        .singleElement()
        .returns("pay", Kill::invoker)
        .returns(812.104581, Kill::uptime)
        .returns("2026-11-21T13:54:19Z", Kill::at);
  }

  @Test
  void kills_of_several_processes_and_times_stay_several() throws IOException {
    String next = V2.replace("4711", "4712");
    assertThat(through(V2 + next, as(CTIME) + as(CTIME).replace("4711", "4712"))).hasSize(2);
    assertThat(through(as(CTIME), as("[Sun Nov 22 13:54:19 2026] "))).hasSize(2);
    assertThat(through(as(JOURNAL), as(JOURNAL).replace("T14:5", "T14:4"))).hasSize(2);
    // another boot has given the number again
    assertThat(through(V2, as(CTIME).replace("anon-rss:4", "anon-rss:3"))).hasSize(2);
    assertThat(through(V2 + V2.replace("[  812.", "[ 1812."))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-21T14:54:19,104581+01:00 ",
        "kern  :warn  : 2026-11-21T14:54:19,104581+01:00 ",
        "[  812.104581 <    0.000017>] ",
        "[Sat Nov 21 13:54:19 2026 <    0.000017>] ",
        "[Nov21 13:54] ",
        "[  +0.000017] ",
        "[<    0.000017>] ",
        "4,1204,812104581,-;",
        "",
      })
  void what_dmesg_writes_before_a_line_is_none_of_it(String prefix) {
    Kill kill = only(as(prefix));
    Kill plain = only(V2);
    assertThat(kill.invoker()).isEqualTo("pay");
    assertThat(kill.limit()).isEqualTo(512L << 20);
    assertThat(kill.counted()).isEqualTo(plain.counted());
    assertThat(kill.tasks()).isEqualTo(plain.tasks());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[    1.204581] eth0: up",
        "[Sat Nov 21 13:54:19 2026] eth0: up",
        "[六 11月 21 13:54:19 2026] eth0: up",
        "2026-11-21T14:54:19,104581+01:00 eth0: up",
        "Nov 21 13:54:19 n kernel: eth0: up",
        "kern  :info  : [    1.204581] eth0: up",
        "<6>[    1.204581] eth0: up",
        "6,1204,1204581,-;eth0: up",
        "[Nov21 13:54] eth0: up",
        "Nov 21 13:54:19 n systemd[1]: up\nNov 21 13:54:19 n kernel: eth0: up",
      })
  void a_log_without_a_kill_is_one(String text) {
    assertThat(read(text + "\n").kills()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-06-24 14:36:25 startup archives unpack",
        "hello",
        "{\"level\":\"info\",\"msg\":\"served\"}",
        "[Sun Nov 22 11:58:07.123456 2026] [core:error] [pid 7] no file",
        "10.0.0.1 - - [22/Nov/2026:11:58:07 +0000] \"GET / HTTP/1.1\" 200",
        "Nov 21 13:54:19 n sshd[7]: accepted",
      })
  void a_text_without_a_line_of_a_kernel_is_refused(String text) {
    KernelLog log = new KernelLog(new LogClock(OPTIONS));
    assertThatThrownBy(() -> log.read(input(text + "\n")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("without a line of a kernel; needs a kernel log");
  }
}
