package dev.tidemark.diagnosis.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.input.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExecutionTraceTest {
  private static TraceReport read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ExecutionTrace.read("t", Input.open(new ByteArrayInputStream(bytes), 1 << 24));
  }

  /** Five goroutines of main.leak wait in a send for ever, three of main.fine ended. */
  private static TraceReport recorded() throws IOException {
    try (InputStream in =
        ExecutionTraceTest.class.getResourceAsStream("/trace/go127-parsed.txt.gz")) {
      return ExecutionTrace.read("t", Input.open(Objects.requireNonNull(in), 1 << 24));
    }
  }

  private static String life(int id, long at, long end) {
    String text =
        """
        M=1 P=0 G=1 StateTransition Time=%d GoID=%d NotExist->Runnable Reason=""
        TransitionStack=
        	main.work @ 0x4a0a00
        		/src/app/main.go:9

        Stack=
        	runtime.newproc @ 0x1
        		/go/src/runtime/proc.go:1
        	main.main @ 0x4a0af3
        		/src/app/main.go:16

        M=1 P=0 G=-1 StateTransition Time=%d GoID=%d Runnable->Running Reason=""
        """
            .formatted(at, id, at + 20_000_000, id);
    return end < 0
        ? text
        : text
            + "M=1 P=0 G=%d StateTransition Time=%d GoID=%d Running->NotExist Reason=\"\"\n"
                .formatted(id, end, id);
  }

  @Test
  void a_recorded_trace_names_the_function_that_never_ended() throws IOException {
    TraceReport report = recorded();
    TraceReport.Starts leak =
        report.starts().stream()
            .filter(s -> s.function().equals("main.leak"))
            .findFirst()
            .orElseThrow();
    assertThat(leak.created()).isEqualTo(5);
    assertThat(leak.alive()).isEqualTo(5);
    assertThat(leak.place()).isEqualTo("/src/app/tr.go:9");
    assertThat(leak.createdAt()).isEqualTo("main.main /src/app/tr.go:16");
    assertThat(leak.states()).containsExactly(new TraceReport.State("chan send", 5));
    assertThat(report.starts())
        .anyMatch(s -> s.function().equals("main.fine") && s.created() == 3 && s.alive() == 0);
    assertThat(report.collections().cycles()).isEqualTo(3);
    assertThat(report.collections().stops()).isGreaterThanOrEqualTo(6);
    assertThat(report.findings())
        .extracting(Finding::reason)
        .contains("5 of 5 goroutines of main.leak did not end, 5 of them wait (most: chan send)");
  }

  @Test
  void goroutines_that_end_are_no_finding_and_delays_are_measured() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append(life(10 + i, i * 1_000_000L, i * 1_000_000L + 30_000_000));
    }
    TraceReport report = read(text.toString());
    assertThat(report.created()).isEqualTo(200);
    assertThat(report.ended()).isEqualTo(200);
    assertThat(report.delays().count()).isEqualTo(200);
    assertThat(report.delays().max()).isEqualTo(0.02);
    assertThat(report.findings()).extracting(Finding::id).containsExactly("trace-scheduling-delay");
  }

  @Test
  void a_long_stop_and_a_collector_that_always_runs_are_told() throws IOException {
    StringBuilder text = new StringBuilder("M=1 P=0 G=1 Metric Time=0 Name=\"a\" Value=1\n");
    for (int i = 0; i < 4; i++) {
      long at = i * 100_000_000L;
      text.append(
          "M=1 P=0 G=1 RangeBegin Time=%d Name=\"GC concurrent mark phase\" Scope=None\n"
              .formatted(at));
      text.append(
          "M=1 P=0 G=1 RangeBegin Time=%d Name=\"stop-the-world (GC mark termination)\" Scope=Goroutine(1)\n"
              .formatted(at + 70_000_000));
      text.append(
          "M=1 P=0 G=1 RangeEnd Time=%d Name=\"stop-the-world (GC mark termination)\" Scope=Goroutine(1) Attributes=[]\n"
              .formatted(at + 90_000_000));
      text.append(
          "M=1 P=0 G=1 RangeEnd Time=%d Name=\"GC concurrent mark phase\" Scope=None Attributes=[]\n"
              .formatted(at + 90_000_000));
    }
    TraceReport report = read(text.toString());
    assertThat(report.collections().longestStop()).isEqualTo(0.02);
    assertThat(report.collections().marking()).isCloseTo(0.36, within(1e-9));
    assertThat(report.findings())
        .extracting(Finding::id)
        .containsExactly("trace-gc-busy", "trace-long-stop");
  }

  @Test
  void the_binary_trace_is_answered_with_the_command_that_makes_text_of_it() {
    assertThatThrownBy(() -> read("go 1.26 trace\0\0\0\1"))
        .hasMessageContaining(
            "needs its text: go tool trace -d=parsed t | tidemark diagnose trace - (the go of Go 1.23");
    assertThatThrownBy(() -> read("0 GoCreate p=1 g=0 off=30452 g=1 stack=2\n"))
        .hasMessageContaining("is the text of a go tool trace before Go 1.23; needs the text that");
  }

  @Test
  void each_finding_has_its_page() {
    for (String id : TraceRules.IDS) {
      assertThat(Path.of("..", "docs", "findings", id + ".md")).as(id).satisfies(Files::exists);
    }
  }
}
