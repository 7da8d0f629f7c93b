package dev.tidemark.diagnosis.sched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.input.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedTraceTest {
  private static SchedReport read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      return SchedTrace.read("app.log", Input.open(new ByteArrayInputStream(bytes), 1 << 24));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(int at, int idle, int threads, int queue, int... queues) {
    StringBuilder text = new StringBuilder();
    text.append(
        "SCHED %dms: gomaxprocs=4 idleprocs=%d threads=%d spinningthreads=0 needspinning=0 idlethreads=1 runqueue=%d ["
            .formatted(at, idle, threads, queue));
    for (int length : queues) {
      text.append(' ').append(length);
    }
    return text.append(" ]\n").toString();
  }

  private static List<String> ids(SchedReport report) {
    return report.processes().get(0).findings().stream().map(Finding::id).toList();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Go 1.2 | SCHED 1004ms: gomaxprocs=2 idleprocs=1 threads=5 idlethreads=2 runqueue=3 [4 0] | 7 | 4",
        "Go 1.19 | SCHED 1004ms: gomaxprocs=2 idleprocs=1 threads=5 spinningthreads=1 idlethreads=2 runqueue=3 [4 0] | 7 | 4",
        "Go 1.27 | SCHED 1004ms: gomaxprocs=2 idleprocs=1 threads=5 spinningthreads=1 needspinning=0 idlethreads=2 runqueue=3 [ 4 0 ] schedticks=[ 140868 161957 ] | 7 | 4",
        "detail | SCHED 1004ms: gomaxprocs=2 idleprocs=1 threads=5 spinningthreads=0 idlethreads=1 runqueue=3 gcwaiting=0 nmidlelocked=0 stopwait=0 sysmonwait=0 | 3 | -1",
      })
  void lines_of_all_versions_are_read(String version, String text, long queued, long longest) {
    SchedLine line = Objects.requireNonNull(SchedLine.find("app[7]: " + text));
    assertThat(line.at()).isEqualTo(1004);
    assertThat(line.idle()).isEqualTo(1);
    assertThat(line.threads()).isEqualTo(5);
    assertThat(line.queued()).as(version).isEqualTo(queued);
    assertThat(line.longest()).isEqualTo(longest);
  }

  @Test
  void scheddetail_tells_queues_and_what_goroutines_wait_for() {
    SchedReport report =
        read(
            """
            SCHED 0ms: gomaxprocs=2 idleprocs=1 threads=4 spinningthreads=0 idlethreads=1 runqueue=0 gcwaiting=false nmidlelocked=0 stopwait=0 sysmonwait=false
              P0: status=0 schedtick=5 syscalltick=0 m=nil runqsize=9 gfreecnt=0 timerslen=0
              M0: p=nil curg=1 mallocing=0 throwing=0 preemptoff= locks=2 dying=0 spinning=false blocked=false lockedg=nil
              G1: status=4(chan receive) m=0 lockedm=nil
              G2: status=4(force gc (idle)) m=nil lockedm=nil
              G3: status=4(chan receive) m=-1 lockedm=-1
              G4: status=1() m=-1 lockedm=-1
            """);
    SchedReport.GoProcess process = report.processes().get(0);
    assertThat(process.detailed()).isTrue();
    assertThat(process.longestQueue()).isEqualTo(9);
    assertThat(process.goroutines())
        .containsExactly(
            new SchedReport.State("chan receive", 2),
            new SchedReport.State("force gc (idle)", 1),
            new SchedReport.State("runnable", 1));
  }

  @Test
  void a_calm_process_has_no_finding_and_a_restart_is_another() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      log.append(line(i % 20 * 1000, 3, 8, 0, 0, 1, 0, 0)).append("GET / 200\n");
    }
    SchedReport report = read(log.toString());
    assertThat(report.processes()).hasSize(2);
    assertThat(ids(report)).isEmpty();
    assertThat(report.processes().get(0).busy()).isEqualTo(0.25);
  }

  @Test
  void full_processors_with_rising_queues_are_told() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      log.append(line(i * 1000, 0, 8, 10 * i, 20, 20, 20, 20));
    }
    assertThat(ids(read(log.toString()))).containsExactly("sched-saturated", "sched-queue-growth");
  }

  @Test
  void threads_that_only_become_more_are_told() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      log.append(line(i * 1000, 4, 8 + 5 * i, 0, 0, 0, 0, 0));
    }
    assertThat(ids(read(log.toString()))).containsExactly("sched-threads");
  }

  @Test
  void an_idle_processor_beside_a_queue_is_told() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      log.append(line(i * 1000, 1, 8, 0, 7, 0, 0, 0));
    }
    assertThat(ids(read(log.toString()))).containsExactly("sched-skew");
  }

  @Test
  void spinning_threads_without_work_are_told() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      log.append(
          line(i * 1000, 1, 8, 0, 0, 0, 0, 0).replace("spinningthreads=0", "spinningthreads=3"));
    }
    assertThat(ids(read(log.toString()))).containsExactly("sched-spinning");
  }

  @Test
  void damage_and_other_files_are_named() {
    assertThat(read("SCHED 1ms: gomaxprocs=\n" + line(1, 1, 1, 0, 0)).damaged()).isEqualTo(1);
    assertThatThrownBy(() -> read("hello")).hasMessageContaining("GODEBUG=schedtrace=1000");
  }

  @Test
  void a_process_that_dies_writes_details_in_the_same_millisecond() {
    String details =
        """
        SCHED 0ms: gomaxprocs=2 idleprocs=0 threads=4 spinningthreads=1 needspinning=0 idlethreads=1 runqueue=0 gcwaiting=false nmidlelocked=0 stopwait=0 sysmonwait=false
          P0: status=1 schedtick=4 syscalltick=0 m=0 runqsize=0 gfreecnt=0 timerslen=0
        panic: runtime error: index out of range [1] with length 1
        """;
    assertThat(read(line(0, 1, 3, 0, 0, 0) + details).processes()).hasSize(1);
    assertThat(read(line(0, 1, 3, 0, 0, 0) + line(0, 1, 3, 0, 0, 0)).processes()).hasSize(2);
    assertThat(read(details + details).processes()).hasSize(2);
  }

  @Test
  void each_finding_has_its_page() {
    for (String id : SchedRules.IDS) {
      assertThat(Path.of("..", "docs", "findings", id + ".md")).as(id).satisfies(Files::exists);
    }
  }
}
