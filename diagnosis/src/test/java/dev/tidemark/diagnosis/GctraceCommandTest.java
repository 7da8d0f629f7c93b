package dev.tidemark.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class GctraceCommandTest {
  @TempDir Path folder;
  private String log = "";

  @BeforeEach
  void write() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 40; i++) {
      text.append("Nov 21 10:00:00 node pay\u001b[31m[7]: gc ").append(i).append(" @").append(i);
      text.append(".0s 1%: 0.02+1.0+0.01 ms clock, 0.04+1/3/0+0.02 ms cpu, ");
      text.append("70->70->40 MB, 80 MB goal, 0 MB stacks, 0 MB globals, 2 P\n");
    }
    log = folder.resolve("app.log").toString();
    Files.writeString(Path.of(log), text);
  }

  @Test
  void text_shows_findings_costs_and_the_arithmetic() {
    Commands.Outcome outcome = Commands.run("gctrace", log, "--limit", "64Mi");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("40 collections of one process")
        .contains("leak    gc-goal-above-limit: the heap may grow to its goal of 80.0 MiB")
        .contains("first a larger limit, this one is too small")
        .contains("GOMEMLIMIT = 90 % of the limit 64.0 MiB")
        .doesNotContain("\u001b");
  }

  @Test
  void json_is_as_the_schema_says_for_one_file_and_for_two() {
    String one = Commands.run("gctrace", log, "--limit", "64Mi", "--format", "json").out();
    String two = Commands.run("gctrace", log, log, "--format", "json").out();
    assertThat(Schemas.problems("gctrace", one)).isEmpty();
    assertThat(Schemas.problems("gctrace", two)).isEmpty();
    assertThat(one).contains("\"finding\" : \"gc-goal-above-limit\"".replace("finding", "id"));
  }

  @Test
  void html_holds_the_findings_and_the_text() {
    assertThat(Commands.run("gctrace", log, "--limit", "64Mi", "--format", "html").out())
        .startsWith("<!DOCTYPE html>")
        .contains("gc-goal-above-limit")
        .contains("40 collections of one process");
  }

  @Test
  void fail_on_is_met_by_a_finding_as_bad_and_wrong_input_says_what_would_be_right() {
    assertThat(Commands.run("gctrace", log, "--limit", "64Mi", "--fail-on", "leak").code())
        .isEqualTo(1);
    assertThat(Commands.run("gctrace", log, "--fail-on", "leak").code()).isZero();
    Commands.Outcome wrong = Commands.run("gctrace", log, "--limit", "much");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("needs a size such as 64Mi");
  }

  @Test
  void a_log_that_tells_too_little_says_what_it_lacks() throws IOException {
    String line =
        " 1%: 0.02+1.0+0.01 ms clock, 0.04+1/3/0+0.02 ms cpu, 70->70->40 MB, 80 MB goal, 0 MB stacks, 0 MB globals, 2 P";
    String few = "gc 1 @0.001s" + line + "\ngc 2 @0.002s" + line + "\n";
    Path file = Files.writeString(folder.resolve("few.log"), few);
    String text = Commands.run("gctrace", file.toString(), "--limit", "512Mi").out();
    assertThat(text)
        .contains("no advice and no costs: 2 collections that nobody forced in 1 ms are too few")
        .contains("whether the live heap grows is not told: that takes 8 collections over 10 s")
        .doesNotContain("allocated a second", "set GOGC");
    String json =
        Commands.run("gctrace", file.toString(), "--limit", "512Mi", "--format", "json").out();
    assertThat(Schemas.problems("gctrace", json)).isEmpty();
    Files.writeString(file, few.replace(" P\n", " P (forced)\n"));
    assertThat(Commands.run("gctrace", file.toString(), "--limit", "512Mi").out())
        .contains("all 2 collections were forced")
        .doesNotContain("highest GOGC");
  }

  @Test
  void a_log_given_twice_in_one_file_says_so() throws IOException {
    String text = Files.readString(Path.of(log));
    Files.writeString(Path.of(log), text + text);
    assertThat(Commands.run("gctrace", log).out())
        .contains("40 collections of one process, 40 came twice");
  }
}
