package dev.tidemark.e2e.corpus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplesFileTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void what_is_written_is_read_again() throws IOException {
    Samples.Builder made = new Samples.Builder();
    made.add("go_goroutines", 1_000_123, 12);
    made.add("go_goroutines", 2_000_000, 13.25);
    made.add("rss", 1_000_123, 0x1p63);
    made.add("tiny", 2_000_000, 1e-9);
    Path file = folder.resolve("sub/pod.csv.gz");
    SamplesFile.write(file, made.build());
    Samples read = SamplesFile.read(file);
    assertThat(read.millis()).containsExactly(1_000_123, 2_000_000);
    assertThat(read.byMetric().get("go_goroutines")).containsExactly(12, 13.25);
    assertThat(read.byMetric().get("rss")).containsExactly(0x1p63, Double.NaN);
    assertThat(read.at("tiny", 1)).isEqualTo(1e-9);
    assertThat(read.at("unknown", 1)).isNaN();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''|:1: the header|an empty file",
        "time,a\\n1,2|:1: the header|another header",
        "timestamp,a\\n1,2\\n2|:3: 1 fields, the header has 2|a row that is cut off",
        "timestamp,a\\n1,2,3|:2: 3 fields|a row with too much",
        "timestamp,a\\n1,x|:2: not a number|text for a number",
        "timestamp,a\\n,2|:2: not a number|no time",
        "timestamp,a\\n2,2\\n1,2|:3: not later|time that goes back",
        "timestamp,a\\n2,2\\n2,2|:3: not later|a row twice",
        "timestamp,a\\nNaN,2|:2: not later|a time that is none",
      })
  void a_damaged_file_says_where(String text, String message, String what) throws IOException {
    Path file = folder.resolve("bad.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> SamplesFile.read(file))
        .as(what)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + message);
  }

  @Test
  void half_a_file_is_an_error() throws IOException {
    Samples.Builder made = new Samples.Builder();
    for (int i = 0; i < 10_000; i++) {
      made.add("a", i * 1000L, i * 7919 % 10_007);
    }
    Path file = folder.resolve("half.csv.gz");
    SamplesFile.write(file, made.build());
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> SamplesFile.read(file)).isInstanceOf(IOException.class);
  }

  @Test
  void a_folder_that_is_no_recording_says_so() {
    assertThatThrownBy(() -> new CorpusFolder(folder).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no recording");
  }
}
