package dev.tidemark.diagnosis.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static List<String> lines(String text, int maxLine) throws IOException {
    return lines(new ByteArrayInputStream(text.getBytes(UTF_8)), maxLine);
  }

  private static List<String> lines(InputStream in, int maxLine) throws IOException {
    LineReader reader = new LineReader(in, maxLine);
    List<String> lines = new ArrayList<>();
    for (String line = reader.next(); line != null; line = reader.next()) {
      lines.add(line);
    }
    return lines;
  }

  @Test
  void ends_lines_at_newlines_with_or_without_carriage_returns() throws Exception {
    assertThat(lines("a\nb\r\n\nc", 80)).containsExactly("a", "b", "", "c");
    assertThat(lines("", 80)).isEmpty();
    assertThat(lines("\n", 80)).containsExactly("");
  }

  @Test
  void knows_where_a_line_began_and_whether_the_last_one_ended() throws Exception {
    String text = "x".repeat(200_000) + "\nshort\nlast";
    LineReader reader = new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), 100);
    assertThat(reader.next()).isEqualTo("x".repeat(100));
    assertThat(reader.next()).isEqualTo("short");
    assertThat(reader.offset()).isEqualTo(200_001);
    assertThat(reader.endedCleanly()).isTrue();
    assertThat(reader.next()).isEqualTo("last");
    assertThat(reader.offset()).isEqualTo(200_007);
    assertThat(reader.endedCleanly()).isFalse();
  }

  @Test
  void takes_apart_a_stack_that_a_logger_wrote_into_one_line() throws Exception {
    String text = "{\"m\":\"goroutine 1 [running]:\\nmain.f()\\n\\t/a.go:1 +0x1\"}\nkeep \\n this";
    assertThat(lines(text, 80))
        .containsExactly(
            "{\"m\":\"goroutine 1 [running]:", "main.f()", "\t/a.go:1 +0x1\"}", "keep \\n this");
  }

  @Test
  void gives_the_same_lines_however_the_bytes_arrive() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      List<String> expected = new ArrayList<>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        String line = "y".repeat(random.nextInt(5) == 0 ? random.nextInt(200_000) : 7) + i;
        text.append(line).append('\n');
        expected.add(line.substring(0, Math.min(line.length(), 1000)));
      }
      byte[] bytes = text.toString().getBytes(UTF_8);
      InputStream trickle =
          new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
              return super.read(into, offset, Math.min(length, 1 + random.nextInt(9000)));
            }
          };
      assertThat(lines(trickle, 1000)).as("seed %d", seed).isEqualTo(expected);
    }
  }
}
