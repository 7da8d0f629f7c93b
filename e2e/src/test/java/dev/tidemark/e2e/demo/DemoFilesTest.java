package dev.tidemark.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFilesTest {
  @TempDir Path folder = Path.of("");

  @Test
  void holes_are_filled_and_a_hole_nothing_fills_is_named() throws Exception {
    Path template = Files.writeString(folder.resolve("t"), "port: ${PORT} cost: $5 $name\n");
    Path filled = Template.fill(template, folder.resolve("out/t"), Map.of("PORT", "1$2"));
    assertThat(filled).content().isEqualTo("port: 1$2 cost: $5 $name\n");
    assertThatThrownBy(() -> Template.fill(template, folder.resolve("t2"), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("${PORT}");
  }

  @Test
  void only_the_newest_runs_stay() throws Exception {
    for (int i = 0; i < 6; i++) {
      Path old = Files.createDirectory(folder.resolve("20200101-00000" + i));
      Files.writeString(old.resolve("log"), "x");
    }
    RunFolder run = RunFolder.create(folder);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).hasSize(4).contains(run.path(), folder.resolve("20200101-000005"));
    }
  }

  @Test
  void two_runs_of_one_second_have_two_folders() throws Exception {
    assertThat(RunFolder.create(folder).path()).isNotEqualTo(RunFolder.create(folder).path());
  }

  @Test
  void colours_come_only_on_demand_and_a_silenced_screen_prints_nothing() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Screen plain = new Screen(out, false);
    plain.stage(Duration.ofMillis(12_340), "leak");
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("   +12.3 s  leak\n");
    plain.silence();
    plain.failure("late");
    assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("late");
    new Screen(out, true).failure("x");
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\u001b[31m");
  }
}
