package dev.tidemark.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.Main;
import dev.tidemark.toolkit.launch.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of a small recording that is kept with the tests, judged through a real Prometheus. */
@NeedsTools
class CorpusTableTest {
  private static final Path KEPT = Path.of("src/test/resources/corpus");

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void copyTheRecording() throws IOException {
    try (Stream<Path> files = Files.walk(KEPT)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(KEPT.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  @Test
  void our_judge_finds_the_leaks_and_every_rule_has_a_row() throws IOException {
    Path page = folder.resolve("page.md");
    int code =
        Cli.run(
            new Main(), "corpus", "table", "--corpus=" + folder, "--part=test", "--out=" + page);
    assertThat(code).isEqualTo(Cli.OK);
    List<String> rows = Files.readAllLines(page);
    assertThat(row(rows, "**Tidemark: leak confirmed**")).contains("| 3 of 3 | 100.0 % |");
    assertThat(row(rows, "awesome: deriv > 10/s")).contains("| 0 of 3 | 0.0 % | - |");
    for (String judge :
        List.of("Grafana adaptive", "Grafana robust", "z-score of a day", "without trend")) {
      assertThat(row(rows, judge)).as(judge).isNotEmpty();
    }
  }

  @Test
  void the_alerts_of_both_engines_tell_the_same_leaks() throws IOException {
    Path page = folder.resolve("page.md");
    int code = Cli.run(new Main(), "corpus", "engines", "--corpus=" + folder, "--out=" + page);
    assertThat(code).isEqualTo(Cli.OK);
    List<String> rows = Files.readAllLines(page);
    assertThat(row(rows, "GoGoroutineLeak"))
        .startsWith("| GoGoroutineLeak | 2 | ")
        .contains(" | 2 | ");
    assertThat(row(rows, "GoHeapLeak")).startsWith("| GoHeapLeak | 1 | 1 | 1 |");
    assertThat(row(rows, "flat")).startsWith("| flat | 0 | 0 | 0 |");
  }

  @Test
  void a_folder_that_is_no_recording_is_refused() {
    Path none = folder.resolve("none");
    assertThat(Cli.run(new Main(), "corpus", "engines", "--corpus=" + none)).isEqualTo(Cli.INVALID);
    assertThat(Cli.run(new Main(), "corpus", "table", "--corpus=" + none)).isEqualTo(Cli.INVALID);
  }

  private static String row(List<String> rows, String judge) {
    return rows.stream().filter(row -> row.startsWith("| " + judge + " |")).findFirst().orElse("");
  }
}
