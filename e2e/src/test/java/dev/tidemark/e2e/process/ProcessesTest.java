package dev.tidemark.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
  @TempDir Path folder = Path.of("");

  @Test
  void closing_ends_all_also_those_that_ignore_sigterm() throws Exception {
    Processes processes = Processes.in(folder);
    OwnedProcess polite = processes.start("polite", List.of("sleep", "600"));
    OwnedProcess stubborn =
        processes.start(
            "stubborn", List.of("sh", "-c", "trap '' TERM; while true; do sleep 1; done"));
    assertThat(processes.running()).containsExactly("polite", "stubborn");
    processes.close();
    assertThat(polite.isAlive()).isFalse();
    assertThat(stubborn.isAlive()).isFalse();
  }

  @Test
  void nothing_starts_after_closing() throws Exception {
    Processes processes = Processes.in(folder);
    processes.close();
    assertThatThrownBy(() -> processes.start("late", List.of("sleep", "600")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("late is not started");
  }

  @Test
  void children_end_when_the_run_itself_is_killed() throws Exception {
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OrphanMaker.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = run.inputReader(StandardCharsets.UTF_8)) {
      long orphan = Long.parseLong(out.readLine());
      assertThat(ProcessHandle.of(orphan)).isPresent();
      run.destroyForcibly().waitFor();
      Await.that(
          "the child is gone",
          Duration.ofSeconds(10),
          () -> ProcessHandle.of(orphan).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @Test
  void waiting_tells_how_the_needed_process_ended_and_its_last_words() throws Exception {
    try (Processes processes = Processes.in(folder)) {
      OwnedProcess failing =
          processes.start("failing", List.of("sh", "-c", "echo 'bad port'; exit 7"));
      int code = failing.await(10, TimeUnit.SECONDS);
      assertThat(code).isEqualTo(7);
      assertThatThrownBy(
              () -> Await.that("it serves", Duration.ofSeconds(30), () -> false, failing))
          .isInstanceOf(Await.NotReached.class)
          .hasMessageContaining("exit code 7")
          .hasMessageContaining("bad port");
    }
  }

  @Test
  void waiting_tells_what_it_saw_last_when_time_is_up() {
    assertThatThrownBy(
            () ->
                Await.that(
                    "the answer",
                    Duration.ofMillis(1),
                    () -> {
                      throw new IOException("connection refused");
                    }))
        .hasMessageContaining("the answer")
        .hasMessageContaining("connection refused");
  }
}
