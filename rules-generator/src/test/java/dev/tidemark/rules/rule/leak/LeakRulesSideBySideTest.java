package dev.tidemark.rules.rule.leak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.rules.Main;
import dev.tidemark.rules.RealPrometheus;
import dev.tidemark.toolkit.launch.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Leak rules that are commonly written beside both engines of ours, on two days of the same
 * goroutines and of what the exporter's engine says of them, replayed on a real Prometheus.
 * docs/leak-rules.md has the table; it is written to target/leak-rules.md, too.
 */
class LeakRulesSideBySideTest {
  private static final Path PAGE = Path.of("../docs/leak-rules.md");

  /** Two evaluations: Prometheus 2 and 3 differ by one at the edges of ranges. */
  private static final int SLACK = 4;

  private static final int DAY = 1440;

  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {prometheus: "2.42", alertmanager: "0.25", engine: exporter}
      defaults: {scrapeInterval: 1m, groupInterval: 2m}
      teams: [{name: pay, receiver: nobody}]
      receivers: [{name: nobody}]
      services:
        - name: pay
          team: pay
          selector: {namespace: pay}
          alerts:
            - {use: goroutine-leak, name: OursExporter}
            - {use: goroutine-leak, name: OursPromql, engine: promql, with: {limit: 0}}
            - {name: Static, for: 5m, expr: 'G > 1000'}
            - {name: Slope, for: 5m, expr: 'deriv(G[1h]) * 3600 > 60'}
            - {name: Predict, for: 5m, expr: 'predict_linear(G[6h], 86400) > 10000'}
            - {name: TwoHalves, for: 5m, expr: 'deriv(G[30m]) * 3600 > 60 and deriv(G[30m] offset 30m) * 3600 > 60'}
            - {name: SameWindow, for: 5m, expr: 'G > 2 * quantile_over_time(0.95, G[6h])'}
            - {name: DayBefore, for: 5m, expr: 'G > 2 * quantile_over_time(0.95, G[6h] offset 1d)'}
      """
          .replace("'G >", "'go_goroutines{namespace=\"pay\"} >")
          .replace("G[", "go_goroutines{namespace=\"pay\"}[");

  /** What stands in the first column, by the alert. */
  private static final Map<String, String> ROWS = rows();

  /**
   * What is told of a course.
   *
   * @param leaks the minute at which it begins to leak; -1: never
   * @param from the first minute that counts
   */
  private record Column(String title, String course, int leaks, int from, int to) {
    static Column leak(String course, int begins) {
      return new Column(course, course, begins, 0, Course.MINUTES);
    }

    static Column healthy(String course) {
      return new Column(course, course, -1, 0, Course.MINUTES);
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          Column.leak("leak", Course.BEGINS),
          Column.leak("leak-gap", Course.BEGINS),
          Column.leak("leak-restart", Course.BEGINS),
          Column.leak("slow-leak", Course.SLOW_BEGINS),
          Column.healthy("flat"),
          Column.healthy("noise"),
          Column.healthy("step"),
          Column.healthy("restart"),
          new Column("first day-and-night", "day-and-night", -1, 0, DAY),
          new Column("second day-and-night", "day-and-night", -1, DAY, Course.MINUTES));

  /** In minutes of the courses. */
  private record Fired(int from, int to) {}

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(stdout);
  }

  @Test
  @Timeout(600)
  void the_page_tells_what_each_finds_and_when() throws Exception {
    Map<String, Map<String, List<Fired>>> fired;
    try (RealPrometheus server = RealPrometheus.orSkip(folder.resolve("p"), history())) {
      fired = replayed(server.url());
    }
    List<String> lines = new ArrayList<>();
    ROWS.forEach((alert, row) -> lines.add(line(row, fired.getOrDefault(alert, Map.of()))));
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target/leak-rules.md"), lines);
    List<String> page = Files.readAllLines(PAGE);
    for (String line : lines) {
      String name = line.substring(0, line.indexOf('|', 2));
      String told =
          page.stream().filter(l -> l.startsWith(name)).findFirst().orElse("no row " + name);
      assertThat(isAlike(told, line)).as("%n%s of the page%n%s measured", told, line).isTrue();
    }
    bothEnginesTellTheSameLeaks(fired);
  }

  /** They begin at different times, as the page says, and end within two evaluations. */
  private static void bothEnginesTellTheSameLeaks(Map<String, Map<String, List<Fired>>> fired) {
    Map<String, List<Fired>> exporter = fired.getOrDefault("OursExporter", Map.of());
    Map<String, List<Fired>> promql = fired.getOrDefault("OursPromql", Map.of());
    for (Column column : COLUMNS) {
      if (column.leaks() >= 0) {
        List<Fired> one = exporter.getOrDefault(column.course(), List.of());
        List<Fired> other = promql.getOrDefault(column.course(), List.of());
        assertThat(one).as(column.title()).hasSize(1);
        assertThat(other).as(column.title()).hasSize(1);
        assertThat(Math.abs(one.get(0).to() - other.get(0).to()))
            .as(column.title())
            .isLessThanOrEqualTo(SLACK);
      }
    }
  }

  private static String history() {
    StringBuilder text = new StringBuilder("# TYPE go_goroutines gauge\n");
    for (Course course : Course.all()) {
      samples(text, "go_goroutines{job=\"pay\",", course, course.values());
    }
    text.append("# TYPE tidemark_leak_state gauge\n");
    for (Course course : Course.all()) {
      String series =
          "tidemark_leak_state{signal=\"goroutines\",tidemark_replica=\"a\",workload=\"%s\","
              .formatted(course.name());
      samples(text, series, course, course.leakStates());
    }
    return text.toString();
  }

  private static void samples(
      StringBuilder text, String series, Course course, List<Double> values) {
    String labels = "namespace=\"pay\",pod=\"%s-0\",container=\"app\"} ".formatted(course.name());
    for (int i = 0; i < values.size(); i++) {
      if (!values.get(i).isNaN()) {
        text.append(series).append(labels).append(values.get(i).longValue());
        text.append(' ').append(Course.millis(i) / 1000).append('\n');
      }
    }
  }

  /** Alert → course → when it fired. */
  private Map<String, Map<String, List<Fired>>> replayed(String url) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("backtest", "--format=json"));
    Path spec = Files.writeString(folder.resolve("spec.yaml"), SPEC);
    arguments.addAll(List.of("--spec", spec.toString(), "--prometheus", url));
    arguments.add("--from=" + Instant.ofEpochMilli(Course.millis(0)));
    arguments.add("--to=" + Instant.ofEpochMilli(Course.millis(Course.MINUTES - 2)));
    ROWS.keySet().forEach(alert -> arguments.add("--alert=" + alert));
    assertThat(Cli.run(new Main(), arguments.toArray(String[]::new))).isZero();
    Map<String, Map<String, List<Fired>>> fired = new LinkedHashMap<>();
    JsonNode answer = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    for (JsonNode alert : answer.path("alerts")) {
      Map<String, List<Fired>> of = new LinkedHashMap<>();
      for (JsonNode episode : alert.path("when")) {
        String pod = episode.path("labels").path("pod").asText();
        of.computeIfAbsent(pod.substring(0, pod.length() - 2), p -> new ArrayList<>())
            .add(new Fired(minute(episode.path("from")), minute(episode.path("to"))));
      }
      fired.put(alert.path("alert").asText(), of);
    }
    return fired;
  }

  private static int minute(JsonNode time) {
    long seconds = Instant.parse(time.asText()).getEpochSecond();
    return (int) ((seconds - Course.START_SECONDS) / 60);
  }

  private static String line(String row, Map<String, List<Fired>> fired) {
    StringBuilder line = new StringBuilder("| ").append(row).append(" |");
    for (Column column : COLUMNS) {
      List<Fired> of = fired.getOrDefault(column.course(), List.of());
      line.append(' ').append(cell(column, of)).append(" |");
    }
    return line.toString();
  }

  private static String cell(Column column, List<Fired> fired) {
    if (column.leaks() >= 0) {
      return fired.stream()
          .filter(f -> f.to() > column.leaks())
          .findFirst()
          .map(f -> String.valueOf(f.from() - column.leaks()))
          .orElse("missed");
    }
    int minutes = 0;
    for (Fired f : fired) {
      minutes += Math.max(0, Math.min(f.to(), column.to()) - Math.max(f.from(), column.from()));
    }
    return String.valueOf(minutes);
  }

  /** The same words, and figures within two evaluations. */
  private static boolean isAlike(String told, String measured) {
    List<String> one = List.of(told.split("\\|", -1));
    List<String> other = List.of(measured.split("\\|", -1));
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      String a = one.get(i).strip();
      String b = other.get(i).strip();
      boolean figures = a.matches("\\d+") && b.matches("\\d+") && !a.equals("0") && !b.equals("0");
      if (figures
          ? Math.abs(Integer.parseInt(a) - Integer.parseInt(b)) > 2 * SLACK
          : !a.equals(b)) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, String> rows() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("OursExporter", "ours, engine exporter");
    rows.put("OursPromql", "ours, engine promql");
    rows.put("Static", "above 1000");
    rows.put("Slope", "`deriv` of 1h above 60 an hour");
    rows.put("Predict", "`predict_linear` of 6h above 10000 in a day");
    rows.put("TwoHalves", "`deriv` of both halves of an hour");
    rows.put("SameWindow", "twice the P95 of the same 6h");
    rows.put("DayBefore", "twice the P95 of 6h a day before");
    return rows;
  }
}
