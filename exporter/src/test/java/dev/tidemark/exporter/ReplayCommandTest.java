package dev.tidemark.exporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.toolkit.launch.Cli;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ReplayCommandTest {
  private static final String LEVEL = "timestamp,value\n1,5\n31,5\n61,5\n";

  @TempDir Path folder = Path.of("");

  private record Ran(int code, String out) {
    List<String> rows() {
      return out.lines().skip(1).toList();
    }
  }

  private static Ran run(String stdin, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ReplayCommand command = new ReplayCommand(new ByteArrayInputStream(stdin.getBytes(UTF_8)), out);
    return new Ran(Cli.run(command, args), out.toString(UTF_8));
  }

  @Test
  void judges_a_file_and_standard_input_alike() throws Exception {
    Path file = Files.writeString(folder.resolve("level.csv"), LEVEL);
    Ran fromFile = run("", "--csv", file.toString());
    assertThat(fromFile.code()).isZero();
    assertThat(fromFile.rows()).hasSize(3);
    assertThat(run(LEVEL, "--csv=-")).isEqualTo(fromFile);
    assertThat(run(LEVEL, "--csv=-", "--format=JSON").out()).startsWith("{\"timestamp\":1,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--csv",
        "--csv=- --openmetrics=-",
        "--csv=- --prometheus=http://127.0.0.1:1 --from=1 --to=2",
        "--csv=/no/such/file",
        "--csv=/",
        "--openmetrics=/no/such/file",
        "--csv=- --signal=goroutine",
        "--csv=- --limit=NaN",
        "--csv=- --limit=many",
        "--csv=- --format=xml",
        "--csv=- --config.file=/no/such/file",
        "--prometheus=http://127.0.0.1:1 --from=1",
        "--prometheus=http://127.0.0.1:1 --from=soon --to=2",
        "--prometheus=http://127.0.0.1:1 --from=200 --to=100",
        "--prometheus=localhost --from=100 --to=200",
        "--prometheus=http://127.0.0.1:1 --from=100 --to=200 --signal=goroutines",
      })
  void wrong_flags_and_unreadable_files_end_with_2(String args) {
    assertThat(run(LEVEL, args.isEmpty() ? new String[0] : args.split(" ")).code())
        .as(args)
        .isEqualTo(Cli.INVALID);
  }

  @Test
  void a_signal_gives_its_shape_and_the_configuration_its_durations() throws Exception {
    StringBuilder csv = new StringBuilder("timestamp,value\n");
    for (int i = 0; i < 150; i++) {
      csv.append(i * 30).append(i == 149 ? ",2\n" : ",12\n");
    }
    Path config =
        Files.writeString(
            folder.resolve("e.yml"),
            "interval: 30s\nbaseline: {lag: 30s}\ngrowth: {horizons: [1h], warmUp: 1m}\n");
    String both = last(run(csv.toString(), "--csv=-", "--config.file=" + config));
    String high =
        last(run(csv.toString(), "--csv=-", "--config.file=" + config, "--signal=goroutines"));
    assertThat(score(both)).isGreaterThan(10); // 5 % of 12 is the floor
    assertThat(score(high)).isNegative(); // low is no trouble for goroutines
    assertThat(score(last(run(csv.toString(), "--csv=-")))).isNaN(); // an hour's lag
  }

  private static String last(Ran ran) {
    assertThat(ran.code()).isZero();
    return ran.rows().get(ran.rows().size() - 1);
  }

  private static double score(String row) {
    String score = row.split(",")[5];
    return score.isEmpty() ? Double.NaN : Double.parseDouble(score);
  }

  @Test
  void a_limit_gives_a_time_to_it() {
    StringBuilder csv = new StringBuilder("timestamp,value\n");
    for (int i = 0; i < 2400; i++) {
      csv.append(i * 60).append(',').append(500 + i % 7 + Math.max(0, i - 1200) * 5).append('\n');
    }
    assertThat(last(run(csv.toString(), "--csv=-", "--limit=10000")))
        .contains(",2,")
        .contains("reaches 10,000 in");
    assertThat(last(run(csv.toString(), "--csv=-"))).contains(",2,").doesNotContain("reaches");
    assertThat(last(run(csv.toString(), "--csv=-", "--signal=goroutines")))
        .contains("reaches 10,000 in"); // limits.goroutines
  }

  @Test
  void a_source_is_judged_as_by_the_exporter_and_as_a_file_of_the_same_samples() throws Exception {
    Recording recording = new Recording();
    LongToDoubleFunction leak = slot -> 200 + slot % 5 + (slot > 300 ? (slot - 300) * 2 : 0);
    new Scene(recording).runs(Scene.target("api", "a:1"), 0, 600, leak);
    Path config =
        Files.writeString(
            folder.resolve("e.yml"),
            """
            signals: {include: [goroutines]}
            baseline: {lag: 5m}
            growth: {horizons: [30m], warmUp: 1m}
            """);
    List<String> expected;
    try (FakePrometheus prometheus = new FakePrometheus(recording)) {
      Ran ran =
          run(
              "",
              "--prometheus=" + prometheus.url(),
              "--from=" + Scene.START,
              "--to=" + Instant.ofEpochMilli(Scene.at(600)),
              "--config.file=" + config);
      assertThat(ran.code()).isZero();
      assertThat(ran.out())
          .startsWith(
              "timestamp,signal,cluster,namespace,pod,container,job,instance,workload,value,");
      assertThat(ran.rows()).hasSize(601);
      assertThat(ran.rows().get(0))
          .startsWith(Scene.at(0) / 1000 + ",goroutines,,,,,api,a:1,api,200,");
      assertThat(ran.rows().get(600)).contains(",2,");
      assertThat(ran.rows()).map(ReplayCommandTest::growth).contains("0.06666666666666667");
      expected = ran.rows().stream().map(ReplayCommandTest::growth).toList();
    }
    StringBuilder om = new StringBuilder();
    for (long slot = 0; slot <= 600; slot++) {
      om.append(
          "go_goroutines{job=\"api\"} %s %d%n"
              .formatted(leak.applyAsDouble(slot), Scene.at(slot) / 1000));
    }
    om.append(
        "process_start_time_seconds{job=\"api\"} %d %d%n# EOF%n"
            .formatted((Scene.at(0) - 65_000) / 1000, Scene.at(0) / 1000));
    Ran file =
        run(om.toString(), "--openmetrics=-", "--signal=goroutines", "--config.file=" + config);
    assertThat(file.rows().subList(0, 601).stream().map(ReplayCommandTest::growth))
        .containsExactlyElementsOf(expected);
  }

  /** Band and leak state also depend on the workload, which a file has none of. */
  private static String growth(String row) {
    return row.replaceAll("\".*", "").replaceAll(",[012],$", "").replaceAll(".*,", "");
  }

  @Test
  void a_server_that_does_not_answer_ends_with_3() throws Exception {
    FakePrometheus prometheus = new FakePrometheus(new Recording());
    String url = prometheus.url().toString();
    prometheus.close();
    Ran ran = run("", "--prometheus=" + url, "--from=100", "--to=200");
    assertThat(ran.code()).isEqualTo(Cli.NO_ANSWER);
    assertThat(ran.out()).as("no header of nothing").isEmpty();
  }

  @Test
  void a_server_that_fails_in_the_middle_leaves_the_rows_it_brought() throws Exception {
    Recording recording = new Recording();
    new Scene(recording).runs(Scene.target("api", "a:1"), 0, 100, slot -> 200);
    try (FakePrometheus prometheus = new FakePrometheus(recording)) {
      prometheus.failsFrom(Scene.at(60));
      Ran ran =
          run(
              "",
              "--prometheus=" + prometheus.url(),
              "--from=" + Scene.START,
              "--to=" + Instant.ofEpochMilli(Scene.at(100)));
      assertThat(ran.code()).isEqualTo(Cli.NO_ANSWER);
      assertThat(ran.out()).startsWith("timestamp,signal,");
      assertThat(ran.rows()).hasSize(60);
    }
  }

  @Test
  void where_there_is_nothing_to_judge_the_header_stands_alone() throws Exception {
    try (FakePrometheus prometheus = new FakePrometheus(new Recording())) {
      Ran ran = run("", "--prometheus=" + prometheus.url(), "--from=100", "--to=200");
      assertThat(ran.code()).isZero();
      assertThat(ran.out()).startsWith("timestamp,signal,");
      assertThat(ran.rows()).isEmpty();
    }
    assertThat(run("timestamp,value\n", "--csv=-").out()).startsWith("timestamp,value,expected,");
    assertThat(run("", "--csv=-").out()).isEmpty();
  }

  @Test
  void reasons_write_the_values_of_a_signal_in_its_unit() {
    String csv = "timestamp,value\n0,88604672\n";
    assertThat(last(run(csv, "--csv=-", "--signal=heap_live"))).contains("level 84.5 MiB,");
    assertThat(last(run(csv, "--csv=-"))).contains("88604672,").contains("level 88,604,672,");
    assertThat(last(run("timestamp,value\n0,0.731\n", "--csv=-", "--signal=memory_limit_ratio")))
        .startsWith("0,0.731,")
        .contains("level 73.1 %,");
  }

  @Test
  void a_gap_is_called_a_gap() {
    String csv = "timestamp,value\n0,5\n60,5\n120,5\n180,5\n1380,5\n1440,5\n";
    assertThat(run(csv, "--csv=-").rows().get(4))
        .contains("there was a gap of 20 min")
        .doesNotContain("anew");
  }
}
