package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands that ended and whose output is still open. */
class ChildProcessRuleTest {
  /** A request's command, and who copies its output; both as Go 1.24 shows them. */
  private static String command(long id, String state, String innermost) {
    return """
        goroutine %1$d [%2$s]:
        %3$s
        \t/go/src/os/exec/exec.go:973 +0x1
        os/exec.(*Cmd).Wait(0xc0000c2480)
        \t/go/src/os/exec/exec.go:940 +0x1
        main.(*hooks).run(0xc000086360)
        \t/src/hooks.go:23 +0x1
        created by main.(*hooks).push in goroutine 8
        \t/src/hooks.go:35 +0x1

        goroutine %4$d [IO wait]:
        os.(*File).Read(0xc0000a6270)
        \t/go/src/os/file.go:1 +0x1
        os/exec.(*Cmd).Start.func2(0x24?)
        \t/go/src/os/exec/exec.go:749 +0x1
        created by os/exec.(*Cmd).Start in goroutine %1$d
        \t/go/src/os/exec/exec.go:748 +0x1

        """
        .formatted(id, state, innermost, id + 1);
  }

  private static List<String> verdicts(String dump) throws Exception {
    return GoroutineAnalysis.report("x", Dumps.read(dump)).groups().stream()
        .map(group -> group.state() + " " + group.verdict().text() + " " + group.finding())
        .sorted()
        .toList();
  }

  @Test
  void a_command_that_ended_and_left_a_process_is_suspect() throws Exception {
    String left = command(50, "chan receive", "os/exec.(*Cmd).awaitGoroutines(0xc0000c2480)");
    assertThat(verdicts(left))
        .containsExactly(
            "IO wait suspect goroutine-child-process",
            "chan receive suspect goroutine-child-process");
    assertThat(GoroutineAnalysis.report("x", Dumps.read(left)).groups())
        .allMatch(group -> group.reason().contains("WaitDelay"));
  }

  @Test
  void a_command_that_runs_is_normal_and_so_are_readers_beside_one() throws Exception {
    String runs = command(60, "syscall", "os.(*Process).Wait(0xc0000c2480)");
    assertThat(verdicts(runs)).allMatch(verdict -> verdict.contains(" normal "));
    String left = command(50, "chan receive", "os/exec.(*Cmd).awaitGoroutines(0xc0000c2480)");
    assertThat(verdicts(left + runs))
        .contains("chan receive suspect goroutine-child-process")
        .anyMatch(verdict -> verdict.startsWith("IO wait normal"));
  }
}
