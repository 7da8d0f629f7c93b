package dev.tidemark.e2e.corpus.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.e2e.Main;
import dev.tidemark.toolkit.launch.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NabCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void a_jump_in_a_flat_series_is_seen_in_its_window() throws IOException {
    LocalDateTime start = LocalDateTime.of(2014, 4, 1, 0, 0);
    StringBuilder csv = new StringBuilder("timestamp,value\n");
    DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    for (int i = 0; i < 2000; i++) {
      double value = i >= 1500 && i < 1520 ? 300 : 100 + i % 7;
      csv.append(start.plusMinutes(5L * i).format(format)).append(',').append(value).append('\n');
    }
    write("data/art/jump.csv", csv.toString());
    String from = start.plusMinutes(5L * 1480).format(format);
    String until = start.plusMinutes(5L * 1540).format(format);
    write(
        "labels/combined_windows.json",
        "{\"art/jump.csv\": [[\"" + from + ".000000\", \"" + until + ".000000\"]]}");
    Dataset.Recorded read = new Dataset(folder).read().get(0);
    assertThat(read.windows).containsExactly(new Series.Window(1480, 1540));
    double[] scores = BandDetector.scores(read);
    assertThat(scores[1500]).isGreaterThan(1);
    assertThat(scores[1501]).as("told once").isZero();
    assertThat(Cli.run(new Main(), "corpus", "nab", folder.toString())).isEqualTo(Cli.OK);
  }

  @Test
  void a_folder_that_is_no_clone_is_refused() {
    assertThat(Cli.run(new Main(), "corpus", "nab", folder.toString())).isEqualTo(Cli.INVALID);
  }

  @Test
  void a_damaged_file_is_named_with_its_line() throws IOException {
    write("labels/combined_windows.json", "{\"a.csv\": []}");
    write("data/a.csv", "timestamp,value\n2014-04-01 00:00:00,1\n2014-04-01 00:05:00\n");
    assertThatThrownBy(() -> new Dataset(folder).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.csv:3:");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
