package dev.tidemark.exporter.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.engine.Judge;
import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.Measure;
import dev.tidemark.engine.Sample;
import dev.tidemark.exporter.fake.Golden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ReplayTest {
  /** Two series at 5 min: one level, one that begins to leak; with rows that cannot be judged. */
  private static String recording() {
    StringBuilder csv = new StringBuilder("timestamp,pod,note,value\n");
    Random random = new Random(3);
    for (int i = 0; i < 400; i++) {
      long time = 1_700_000_000L + i * 300L;
      double level = Math.round(random.nextGaussian() * 40) / 4.0;
      csv.append("%d,api-1,\"a, \"\"b\"\"\",%s%n".formatted(time, 500 + level));
      csv.append("%d,api-2,,%s%n".formatted(time, 300 - level + Math.max(0, i - 200) * 4));
    }
    csv.append("1700119700,api-1,\"a, \"\"b\"\"\",500\n");
    csv.append("1700119699,api-2,,500\nsoon,api-2,,500\n1700200000,api-2,,NaN\n1700200000,api-2\n");
    return csv.toString();
  }

  /** What lies between changes with every change of the engine. */
  private static String edges(String text) {
    List<String> lines = text.lines().toList();
    List<String> edges = new ArrayList<>(lines.subList(0, 3));
    edges.addAll(lines.subList(lines.size() - 5, lines.size()));
    return String.join("\n", edges) + "\n";
  }

  @Test
  void the_csv_is_as_the_golden_file() throws IOException {
    Golden.check("replay.csv", edges(Replayed.csv(recording()).out()));
  }

  @Test
  void the_json_is_as_the_golden_file() throws IOException {
    Replayed json =
        Replayed.csv(
            new ByteArrayInputStream(recording().getBytes(UTF_8)), Replay.Format.JSON, null, 10);
    Golden.check("replay.jsonl", edges(json.out()));
    ObjectMapper mapper = new ObjectMapper();
    for (String line : json.out().lines().toList()) {
      JsonNode row = mapper.readTree(line);
      assertThat(row.fieldNames())
          .toIterable()
          .containsExactly(
              "timestamp",
              "pod",
              "note",
              "value",
              "expected",
              "upper",
              "lower",
              "score",
              "growth",
              "leak_state",
              "reason");
    }
  }

  @Test
  void equals_the_engine_whatever_the_order_of_the_series_and_however_the_bytes_come() {
    long seed = 11;
    Random random = new Random(seed);
    JudgeConfig config = JudgeConfig.defaults(Duration.ofSeconds(60));
    Map<String, Judge> judges = new HashMap<>();
    Map<String, Long> newest = new HashMap<>();
    StringBuilder csv = new StringBuilder("timestamp,pod,value\r\n");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      String pod = "p" + random.nextInt(3);
      long time = newest.getOrDefault(pod, 1_700_000_000L) + 60L * (random.nextInt(3) + 1);
      newest.put(pod, time);
      double value =
          1000 + random.nextGaussian() * 10 + (i > 2000 && pod.equals("p1") ? 10 * (i - 2000) : 0);
      csv.append(time + "," + pod + "," + value + "\r\n");
      Judgement j =
          judges
              .computeIfAbsent(pod, p -> new Judge(Replayed.GAUGE, config))
              .observe(new Sample(time * 1000, value, Double.NaN, 0), null);
      expected.add(
          String.join(
              ",",
              Long.toString(time),
              pod,
              Double.toString(value),
              text(j.expected()),
              text(j.upper()),
              text(j.lower()),
              text(j.score()),
              text(j.growthPerSecond()),
              Integer.toString(j.leakState().code()),
              "\"" + j.reason(Measure.COUNT) + "\""));
    }
    byte[] bytes = csv.toString().getBytes(UTF_8);
    for (int piece : new int[] {1, 7, 1 << 20}) {
      Replayed replayed =
          Replayed.csv(Replayed.inPieces(bytes, piece), Replay.Format.CSV, config, 10);
      assertThat(replayed.rows())
          .as("seed %d, pieces of %d", seed, piece)
          .containsExactlyElementsOf(expected);
    }
    assertThat(expected).anyMatch(row -> row.contains(",2,\"rising")); // it means something
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "" : Decimals.print(value);
  }

  static Stream<Arguments> hostileRows() {
    return Stream.of(
        arguments("no number", "1,abc", "1,abc,,,,,,,value 'abc' is not a finite number"),
        arguments("NaN", "1,NaN", "1,NaN,,,,,,,value 'NaN' is not a finite number"),
        arguments("infinite", "1,-Inf", "1,-Inf,,,,,,,value '-Inf' is not a finite number"),
        arguments("too large", "1,1e999", "1,1e999,,,,,,,value '1e999' is not a finite number"),
        arguments("no value", "1,", "1,,,,,,,,no value"),
        arguments("no time", ",1", ",1,,,,,,,no timestamp"),
        arguments(
            "milliseconds far away",
            "1700000000000000,1",
            "1700000000000000,1,,,,,,,timestamp '1700000000000000' is too far from 1970; epoch"
                + " seconds are meant"),
        arguments("a column less", "1", "1,,,,,,,,\"row of 1 columns, the header has 2\""),
        arguments("a column more", "1,2,3", "1,,,,,,,,\"row of 3 columns, the header has 2\""),
        arguments("text behind a quote", "\"1\"x,2", ",,,,,,,,text behind a closing quote"),
        arguments("a quote not closed", "\"1,2", ",,,,,,,,a quote is opened and not closed"),
        arguments(
            "a huge row",
            "1," + "9".repeat(Records.LONGEST + 5),
            ",,,,,,,,row longer than 65536 bytes"),
        arguments("a zero byte", "1,\0", "1,\0,,,,,,,value '\0' is not a finite number"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileRows")
  void a_row_that_cannot_be_judged_keeps_its_place_and_its_reason(
      String description, String row, String printed) {
    List<String> rows = Replayed.csv("timestamp,value\n5,7\n" + row + "\n6,7\n").rows();
    assertThat(rows).as(description).hasSize(3).element(1).isEqualTo(printed);
    assertThat(rows.get(2)).startsWith("6,7,").contains("too little history");
  }

  @Test
  void late_and_duplicate_rows_are_told_apart_and_change_nothing() {
    Replayed replayed = Replayed.csv("timestamp,value\n10,1\n10,2\n5,3\n10.0004,4\n11,5\n");
    assertThat(replayed.reasons().subList(1, 4))
        .containsExactly(
            "duplicate: the series has a row of this time already",
            "late: the series has a later row already",
            "duplicate: the series has a row of this time already");
    assertThat(replayed.rows().get(4)).startsWith("11,5,");
    assertThat(replayed.err()).contains("2 rows of 1 series judged, 3 rejected");
  }

  @Test
  void rows_of_different_series_may_come_in_any_order() {
    Replayed replayed = Replayed.csv("timestamp,s,value\n10,a,1\n5,b,1\n11,a,1\n6,\"b\",1\n");
    assertThat(replayed.reasons()).allMatch(reason -> reason.startsWith("level 1"));
    assertThat(replayed.err()).doesNotContain("rejected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\n\n", "\r\n\r\n"})
  void takes_every_line_end_a_byte_order_mark_and_blank_lines(String end) {
    Replayed replayed =
        Replayed.csv("\ufeffTimestamp, Value " + end + "1,2" + end + " 2 , 3 " + end + "3,4");
    assertThat(replayed.rows()).hasSize(3).noneMatch(row -> row.contains("is not"));
    assertThat(replayed.rows().get(1)).startsWith(" 2 , 3 ,");
  }

  @Test
  void echoes_the_timestamp_byte_for_byte() {
    String[] times = {
      "1700000000", "1700000030.50", "2023-11-14 22:14:20", "\"2023-11-14T22:15Z\""
    };
    Replayed replayed = Replayed.csv("timestamp,value\n" + String.join(",1\n", times) + ",1\n");
    for (int i = 0; i < times.length; i++) {
      assertThat(replayed.rows().get(i)).startsWith(times[i] + ",1,").contains("level 1");
    }
  }

  @Test
  void a_header_alone_gives_a_header() {
    Replayed replayed = Replayed.csv("timestamp,pod,value\n");
    assertThat(replayed.out())
        .isEqualTo("timestamp,pod,value,expected,upper,lower,score,growth,leak_state,reason\n");
  }

  @Test
  void a_label_never_takes_the_name_of_a_column_of_ours() {
    assertThat(Replayed.csv("timestamp,score,\"a,b\",value\n1,x,y,2\n").out())
        .startsWith("timestamp,exported_score,\"a,b\",value,expected,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "1700000000,5\n",
        "value,timestamp\n",
        "timestamp\n",
        "time,value\n",
        "timestamp,value,pod\n",
        "timestamp,a,a,value\n",
        "\"timestamp,value\n1,2\n",
        "\0\0\0\0",
        "<html><body>404</body></html>"
      })
  void refuses_a_file_without_the_header(String text) {
    assertThatThrownBy(() -> Replayed.csv(text))
        .hasCauseInstanceOf(UnusableInputException.class)
        .cause()
        .hasMessageStartingWith("standard input: ");
  }

  @Test
  void an_endless_line_is_refused_in_bounded_memory() {
    assertThatThrownBy(() -> Replayed.csv("x".repeat(10_000_000)))
        .hasCauseInstanceOf(UnusableInputException.class);
    byte[] quotes = new byte[5_000_000];
    Arrays.fill(quotes, (byte) 'q');
    System.arraycopy("timestamp,value\n\"".getBytes(UTF_8), 0, quotes, 0, 17);
    assertThat(Replayed.csv(quotes).reasons()).containsExactly("row longer than 65536 bytes");
  }

  @Test
  void an_open_quote_costs_its_own_row_only() {
    StringBuilder csv = new StringBuilder("timestamp,pod,value\n1,\"a,5\n");
    for (int i = 2; i < 20_000; i++) {
      csv.append(i).append(",a,5\n");
    }
    Replayed replayed = Replayed.csv(csv.toString());
    assertThat(replayed.rows()).hasSize(19_999);
    assertThat(replayed.reasons().get(0)).isEqualTo("a quote is opened and not closed");
    assertThat(replayed.err()).contains("19,998 rows of 1 series judged, 1 rejected");
  }

  @Test
  void an_open_quote_costs_its_own_row_also_where_another_follows() {
    Replayed replayed =
        Replayed.csv(
            "timestamp,note,value\n1,a,5\n2,\"b,5\n3,a,5\n4,\"a\",5\n5,\"two\nlines\",5\n");
    assertThat(replayed.rows()).hasSize(6);
    assertThat(replayed.reasons())
        .satisfiesExactly(
            one -> assertThat(one).contains("too little history"),
            two -> assertThat(two).isEqualTo("a quote is opened and not closed"),
            three -> assertThat(three).contains("too little history"),
            four -> assertThat(four).contains("too little history"),
            five -> assertThat(five).isEqualTo("a quote is opened and not closed"),
            six -> assertThat(six).startsWith("row of 2 columns"));
    assertThat(replayed.err()).contains("3 rows of 1 series judged, 3 rejected");
  }

  @ParameterizedTest
  @CsvSource({"1000, milliseconds", "1000000, microseconds", "1000000000, nanoseconds"})
  void timestamps_in_another_unit_are_hinted_at(long unit, String name) {
    StringBuilder csv = new StringBuilder("timestamp,value\n");
    for (int i = 0; i < 50; i++) {
      csv.append((1_700_000_000L + i) * unit).append(",5\n");
    }
    assertThat(Replayed.csv(csv.toString()).err())
        .contains("0 rows of 1 series judged, 50 rejected")
        .contains(
            "hint: timestamps look like " + name + "; seconds are needed, divide them by " + unit);
  }

  @Test
  void a_file_that_is_not_in_the_order_of_time_is_hinted_at() {
    StringBuilder csv = new StringBuilder("timestamp,value\n");
    for (int i = 50; i > 0; i--) {
      csv.append(i).append(",5\n");
    }
    assertThat(Replayed.csv(csv.toString()).err()).contains("hint: ", "sort the file");
    assertThat(Replayed.csv("timestamp,value\n1,5\n2,5\n1,5\n").err()).doesNotContain("hint");
  }

  @Test
  void random_bytes_end_in_rows_or_in_a_refusal() {
    long seed = 99;
    Random random = new Random(seed);
    byte[] alphabet = "0123456789.,,,\"\"\n\n\rtTzZ-: NaN{}#=\\e+\0\u00ff".getBytes(UTF_8);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(2000)];
      for (int b = 0; b < bytes.length; b++) {
        bytes[b] = alphabet[random.nextInt(alphabet.length)];
      }
      ByteArrayOutputStream csv = new ByteArrayOutputStream();
      csv.writeBytes("timestamp,a,value\n".getBytes(UTF_8));
      csv.writeBytes(bytes);
      assertThat(Replayed.csv(csv.toByteArray()).out())
          .as("seed %d, case %d", seed, i)
          .isNotEmpty();
      String text = new String(bytes, UTF_8);
      assertThat(Replayed.openMetrics(text, Replay.Format.JSON).err())
          .as("seed %d, case %d", seed, i)
          .isNotEmpty();
    }
  }

  @Test
  void rows_of_too_many_series_are_rejected_and_the_others_judged() {
    StringBuilder csv = new StringBuilder("timestamp,pod,value\n");
    for (int i = 0; i < 3000; i++) {
      csv.append(i).append(",p").append(i % 30).append(",5\n");
    }
    byte[] bytes = csv.toString().getBytes(UTF_8);
    Replayed replayed = Replayed.csv(new ByteArrayInputStream(bytes), Replay.Format.CSV, null, 10);
    assertThat(replayed.err()).contains("1,000 rows of 10 series judged, 2,000 rejected");
    assertThat(replayed.reasons().get(10)).isEqualTo("series not judged: there are 10 already");
    assertThat(replayed.rows().get(10)).startsWith("10,p10,5,");
  }

  @Test
  void tells_gzip_by_its_bytes_also_of_several_members_and_says_where_one_is_cut_off()
      throws IOException {
    byte[] whole = gzip("timestamp,value\n1,5\n2,5\n");
    byte[] more = gzip("3,5\n4,5\n");
    byte[] both = Arrays.copyOf(whole, whole.length + more.length);
    System.arraycopy(more, 0, both, whole.length, more.length);
    for (int piece : new int[] {1, whole.length, 1 << 16}) {
      Replayed replayed = Replayed.csv(Replayed.inPieces(both, piece), Replay.Format.CSV, null, 10);
      assertThat(replayed.rows()).as("pieces of %d", piece).hasSize(4);
    }
    assertThatThrownBy(() -> Replayed.csv(Arrays.copyOf(whole, whole.length - 9)))
        .hasCauseInstanceOf(UnusableInputException.class);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void shows_rows_as_they_come() throws IOException {
    List<String> order = new ArrayList<>();
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] b, int from, int length) {
            super.write(b, from, length);
            if (length > 0) {
              order.add("out");
            }
          }
        };
    byte[] bytes = "timestamp,value\n1,2\n2,2\n".getBytes(UTF_8);
    var in =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            order.add("in");
            return super.read(into, offset, Math.min(length, 20));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };
    Progress quiet = new Progress(new PrintWriter(new StringWriter()), false, () -> 0);
    JudgeConfig config = JudgeConfig.defaults();
    new Replay(Replay.Format.CSV, out, quiet)
        .csv(new RecordedFile("-", in), new Judging(Replayed.GAUGE, config, Double.NaN, 9));
    assertThat(String.join(" ", order)).contains("in out in");
  }

  @Test
  void a_reader_that_goes_away_is_told_apart_from_a_bad_file() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Progress quiet = new Progress(new PrintWriter(new StringWriter()), false, () -> 0);
    var in = new ByteArrayInputStream("timestamp,value\n1,2\n".getBytes(UTF_8));
    assertThatThrownBy(
            () ->
                new Replay(Replay.Format.CSV, closed, quiet)
                    .csv(
                        new RecordedFile("-", in),
                        new Judging(Replayed.GAUGE, null, Double.NaN, 9)))
        .isInstanceOf(OutputClosedException.class);
  }

  @Test
  void takes_the_spacing_that_is_common_however_it_jitters() {
    long seed = 5;
    Random random = new Random(seed);
    StringBuilder jitter = new StringBuilder("timestamp,pod,value\n");
    for (int i = 0; i < 300; i++) {
      double time = 1_700_000_000 + 30.0 * i + random.nextDouble() * 4 - 2;
      jitter.append("%.3f,a,1\n%.3f,b,1\n".formatted(time, time + 0.001));
      if (i % 50 == 0) {
        jitter.append("%.3f,a,1\n".formatted(time + 1)); // somebody asked twice
      }
    }
    assertThat(Replayed.csv(jitter.toString()).err())
        .as("seed %d", seed)
        .containsPattern("interval: (28|29|30)s");
    assertThat(Replayed.csv("timestamp,value\n1.00,1\n1.25,1\n1.50,1\n").err())
        .contains("interval: 250ms");
    assertThat(Replayed.csv("timestamp,value\n1,1\n").err()).contains("interval: 30s is assumed");
  }
}
