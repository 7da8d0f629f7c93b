package dev.tidemark.diagnosis.gctrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcProcessesTest {
  private static String plain(int number, double at) {
    return GcLog.line(number, at, 20, 10, 20, 1);
  }

  private static List<Long> cycles(GcReport report) {
    return report.processes().stream().map(GcReport.GoProcess::cycles).toList();
  }

  @Test
  void a_number_that_falls_back_is_a_restart() {
    GcLog log = new GcLog();
    for (int i = 1; i <= 5; i++) {
      log.add(plain(i, i));
    }
    for (int i = 1; i <= 3; i++) {
      log.add(plain(i, 0.1 * i));
    }
    assertThat(cycles(log.read())).containsExactly(5L, 3L);
  }

  @Test
  void two_processes_without_names_whose_lines_alternate_are_told_apart() {
    GcLog log = new GcLog();
    for (int i = 1; i <= 6; i++) {
      log.add(plain(100 + i, 50 + i)).add(plain(i, 0.5 * i));
    }
    assertThat(cycles(log.read())).containsExactly(6L, 6L);
  }

  @Test
  void a_process_that_died_early_does_not_take_the_lines_of_the_next() {
    GcLog log = new GcLog();
    for (int i = 1; i <= 3; i++) {
      log.add(plain(i, i));
    }
    for (int i = 1; i <= 6; i++) {
      log.add(plain(i, 0.6 * i));
    }
    assertThat(cycles(log.read())).containsExactly(3L, 6L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Nov 21 10:00:00 node pay[4711]: |pay[4711]",
        "pay-1     | |pay-1",
        "[pod/pay-0/server] |pod/pay-0/server",
        "2026-11-21T10:00:00.1Z stderr F |",
        "level=info msg=\"|",
      })
  void what_stands_before_a_line_may_name_its_process(String before, String process) {
    // trimmed by the table: these end in a space
    assertThat(Runs.process(before + " ")).isEqualTo(process == null ? "" : process);
  }

  @Test
  void a_log_that_was_collected_twice_counts_once_and_says_so() {
    GcLog log = new GcLog();
    for (int i = 1; i <= 5; i++) {
      log.add(plain(i, i)).add(plain(i, i));
    }
    GcReport report = log.read();
    assertThat(cycles(report)).containsExactly(5L);
    assertThat(report.duplicates()).isEqualTo(5);
  }

  @Test
  void processes_beyond_the_bound_are_counted() {
    GcLog log = new GcLog();
    for (int i = 0; i < Runs.MOST + 7; i++) {
      log.add("app[" + i + "]: " + plain(1, 1));
    }
    GcReport report = log.read();
    assertThat(report.processes()).hasSize(Runs.MOST);
    assertThat(report.leftOut()).isEqualTo(7);
  }

  @Test
  void other_lines_of_the_runtime_and_the_program_change_nothing() {
    GcLog clean = new GcLog();
    GcLog mixed = new GcLog();
    for (int i = 1; i <= 12; i++) {
      clean.add(plain(i, i));
      mixed
          .add("SCHED 1004ms: gomaxprocs=2 idleprocs=2 threads=5 spinningthreads=0 [0 0]")
          .add("GET /gc 200 " + plain(i, i))
          .add("scav 0 KiB work (bg), 0 KiB work (eager), 3832 KiB now, 99% util")
          .add("scvg0: inuse: 426, idle: 0, sys: 427, released: 0, consumed: 427 (MB)")
          .add("gc 3 @broken");
    }
    assertThat(mixed.read()).isEqualTo(clean.read());
  }

  @Test
  void a_file_of_another_kind_is_named_for_what_it_is() {
    assertThatThrownBy(() -> GcLog.read("", GcOptions.none()))
        .hasMessageContaining("is empty; needs the output of a Go program run with GODEBUG");
    assertThatThrownBy(() -> GcLog.read("<html>", GcOptions.none()))
        .hasMessageContaining("is an HTML page");
    assertThatThrownBy(() -> GcLog.read("gc 9 @1.0s 3%: 0.1+", GcOptions.none()))
        .hasMessageContaining("holds only damaged GC trace lines");
  }

  @Test
  void a_log_that_was_appended_to_itself_is_one_process() {
    GcLog log = new GcLog();
    for (int copy = 0; copy < 3; copy++) {
      for (int i = 1; i <= 400; i++) {
        log.add(plain(i, i));
      }
    }
    GcReport report = log.read();
    assertThat(cycles(report)).containsExactly(400L);
    assertThat(report.duplicates()).isEqualTo(800);
    for (int i = 390; i <= 410; i++) {
      log.add(plain(i, i));
    }
    assertThat(cycles(log.read())).containsExactly(410L);
  }
}
