package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.toolkit.launch.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verb that replays alerts, against answers of HTTP and against a real history. */
class BacktestTest {
  private static final long START = 1_700_006_400; // 2023-11-15T00:00:00Z
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      defaults: {scrapeInterval: 1m}
      teams:
        - {name: shop, receiver: nobody, alertBudget: {warning: 2/day}}
      receivers:
        - {name: nobody}
      services:
        - name: checkout
          team: shop
          selector: {job: checkout}
          records:
            - {record: 'job:queue_depth:max', expr: 'max by (job, instance) (queue_depth)'}
          alerts:
            - {name: Recorded, expr: 'job:queue_depth:max{job="checkout"} > 5', for: 10m, keepFiringFor: 5m, severity: info}
            - {name: Long, expr: 'min_over_time(job:queue_depth:max{job="checkout"}[10m]) > 5', severity: info}
            - {name: Stuck, expr: 'queue_depth{job="checkout"} > 5', for: 10m, keepFiringFor: 5m, severity: warning}
            - {name: Gone, expr: 'no_such_metric > 5', severity: info}
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(stdout);
    System.setErr(stderr);
  }

  private int backtest(String url, String spec, String... more) throws Exception {
    out.reset();
    Path file = Files.writeString(folder.resolve("spec.yaml"), spec);
    List<String> arguments =
        new ArrayList<>(List.of("backtest", "--spec", file.toString(), "--prometheus", url));
    arguments.addAll(Arrays.asList(more));
    return Cli.run(new Main(), arguments.toArray(new String[0]));
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Above 5 from the minutes 100 to 130, 150 to 180, 300 to 302, and from 1400 on. */
  private static boolean isHigh(long minute) {
    return (minute >= 100 && minute <= 130)
        || (minute >= 150 && minute <= 180)
        || (minute >= 300 && minute <= 302)
        || minute >= 1400;
  }

  @Test
  @Timeout(60)
  void a_real_history_gives_the_episodes_that_lie_in_it() throws Exception {
    StringBuilder history = new StringBuilder("# TYPE queue_depth gauge\n");
    for (long minute = 0; minute <= 1440; minute++) {
      history.append(
          "queue_depth{job=\"checkout\",instance=\"a:1\"} %d %d%n"
              .formatted(isHigh(minute) ? 10 : 0, START + 60 * minute));
    }
    String[] day = {"--from=2023-11-15T00:00:00Z", "--to=2023-11-16T00:00:00Z"};
    try (RealPrometheus server = RealPrometheus.orSkip(folder.resolve("p"), history.toString())) {
      assertThat(backtest(server.url(), SPEC, day)).as(errors()).isEqualTo(1);
      // Prometheus 3 leaves the left edge out of a range, so a minimum of 10m is high a minute
      // sooner
      assertThat(text().replace("shortest 22m, longest 31m", "shortest 21m, longest 30m"))
          .isEqualTo(
              """
              checkout/Recorded (info): 3 episodes, told 3 times; shortest 26m, longest 30m; 1 flap; 1 at the end
                evaluated anew: job:queue_depth:max
              checkout/Long (info): 3 episodes, told 3 times; shortest 21m, longest 30m; 1 flap; 1 at the end
                evaluated anew: job:queue_depth:max
              checkout/Stuck (warning): 3 episodes, told 3 times; shortest 26m, longest 30m; 1 flap; 1 at the end
              checkout/Gone (info): no data
                partial history: no series of no_such_metric
              over budget: warning of shop told 3 times in 1d, allowed are 2
              """);
      assertThat(errors()).contains("1 of 4 of checkout: Recorded", "4 of 4 of checkout: Gone");
      assertThat(backtest(server.url(), SPEC, day[0], day[1], "--alert=checkout/Stuck")).isZero();
      assertThat(text())
          .endsWith(
              """
                2023-11-15T01:50:00Z to 2023-11-15T02:16:00Z  {instance=a:1, job=checkout}
                2023-11-15T02:40:00Z to 2023-11-15T03:06:00Z  {instance=a:1, job=checkout}
                2023-11-15T23:30:00Z to the end  {instance=a:1, job=checkout}
              """);
      String quiet =
          SPEC.replace("alertBudget", "mute: [early], alertBudget")
              + """
              timeIntervals:
                - {name: early, timeIntervals: [{times: [{startTime: "01:00", endTime: "02:30"}]}]}
              """;
      assertThat(backtest(server.url(), quiet, day)).as(errors()).isZero();
      assertThat(text())
          .contains(
              "Stuck (warning): 3 episodes, told 2 times, 1 in mute times and told to nobody;")
          .contains("budget: warning of shop told 2 times in 1d, allowed are 2");
      assertThat(backtest(server.url(), quiet, day[0], day[1], "--alert=Stuck")).isZero();
      assertThat(text()).contains("02:16:00Z  {instance=a:1, job=checkout}  told to nobody\n");
      String[] before = {"--from=2023-10-15T00:00:00Z", "--to=2023-10-16T00:00:00Z"};
      assertThat(backtest(server.url(), SPEC, before)).isEqualTo(1);
      assertThat(text()).contains("checkout/Stuck (warning): no data\n").doesNotContain("silent");
      assertThat(errors())
          .contains("warning: the server has no data of what these alerts read from 2023-10-15T");
      assertThat(backtest(server.url(), SPEC, before[0], before[1], "--format=json")).isEqualTo(1);
      assertThat(text()).contains("\"noData\":true");
      assertThat(
              backtest(
                  server.url(),
                  SPEC,
                  "--from=2023-11-14T00:00:00Z",
                  day[1],
                  "--alert=Stuck",
                  "--format=json"))
          .isZero();
      assertThat(text())
          .contains(
              "\"episodes\":3,\"told\":3,\"muted\":0,\"flaps\":1,\"open\":1,\"shortestSeconds\":1560.0")
          .contains("queue_depth{job=\\\"checkout\\\"} begins about 2023-11-15T00:");
    }
  }

  @Test
  @Timeout(60)
  void a_plan_says_how_often_changed_alerts_would_have_fired() throws Exception {
    long now = Instant.now().getEpochSecond() / 60 * 60;
    StringBuilder history = new StringBuilder("# TYPE queue_depth gauge\n");
    for (long minute = 0; minute <= 1440; minute++) {
      history.append(
          "queue_depth{job=\"checkout\",instance=\"a:1\"} %d %d%n"
              .formatted(isHigh(minute) ? 10 : 0, now - 86_400 + 60 * minute));
    }
    String spec = folder.resolve("spec.yaml").toString();
    String dir = folder.resolve("out").toString();
    try (RealPrometheus server = RealPrometheus.orSkip(folder.resolve("p"), history.toString())) {
      String[] plan = {
        "plan", "--spec", spec, "--out", dir, "--against-history=1d", "--prometheus", server.url()
      };
      Files.writeString(folder.resolve("spec.yaml"), SPEC);
      assertThat(Cli.run(new Main(), "generate", "--spec", spec, "--out", dir)).isZero();
      out.reset();
      assertThat(Cli.run(new Main(), plan)).isZero();
      assertThat(text())
          .isEqualTo("within 1d no alert would have fired at other times\nnothing would change\n");
      Files.writeString(
          folder.resolve("spec.yaml"),
          SPEC.replace(
                  "for: 10m, keepFiringFor: 5m, severity: warning", "for: 2m, severity: warning")
              .replace(
                  "max by (job, instance) (queue_depth)",
                  "max by (job, instance) (queue_depth / 2)")
              .replace("name: Gone", "name: Other"));
      out.reset();
      assertThat(Cli.run(new Main(), plan)).as(errors()).isZero();
      assertThat(text())
          .contains("within 1d alerts would have fired\n")
          .contains("  checkout/Stuck (warning): 3 -> 4 episodes, told 3 -> 4 times\n")
          .contains("  checkout/Recorded (info): 3 -> 0 episodes, told 3 -> 0 times\n")
          .contains(
              "  checkout/Other (info): no -> 0 episodes, told no -> 0 times\n    note: no data of")
          .contains("  checkout/Gone (info): 0 -> no episodes");
      Files.writeString(
          folder.resolve("spec.yaml"),
          Files.readString(folder.resolve("spec.yaml"))
                  .replace("alertBudget", "mute: [always], alertBudget")
              + "timeIntervals: [{name: always, timeIntervals: [{}]}]\n");
      out.reset();
      assertThat(Cli.run(new Main(), plan)).as(errors()).isZero();
      assertThat(text())
          .contains(
              "Stuck (warning): 3 -> 4 episodes, told 0 -> 0 times; in mute times, told to nobody,"
                  + " 3 -> 4\n");
      assertThat(Cli.run(new Main(), Arrays.copyOf(plan, 6))).isEqualTo(2);
      plan[7] = "http://127.0.0.1:1";
      assertThat(Cli.run(new Main(), plan)).isEqualTo(3);
    }
  }

  @Test
  void tells_what_is_refused_and_whom_nobody_can_ask() throws Exception {
    try (FakePrometheus server =
        new FakePrometheus(
            "2.42.0",
            form ->
                form.getOrDefault("query", "").startsWith("count") ? "[]" : "!it is too dear")) {
      assertThat(backtest(server.url(), SPEC, "--history=1h", "--alert=Stuck")).isEqualTo(1);
      assertThat(text())
          .startsWith("checkout/Stuck (warning): could not be replayed: ")
          .contains("it is too dear");
      assertThat(backtest(server.url(), SPEC, "--alert=None")).isEqualTo(2);
      assertThat(backtest(server.url(), SPEC, "--history=long")).isEqualTo(2);
      assertThat(backtest(server.url(), SPEC, "--from=now")).isEqualTo(2);
      assertThat(backtest(server.url(), SPEC, "--history=1h", "--from=2023-11-15T00:00:00Z"))
          .isEqualTo(2);
      assertThat(
              backtest(
                  server.url(), SPEC, "--from=2023-11-15T00:00:00Z", "--to=2023-11-14T00:00:00Z"))
          .isEqualTo(2);
    }
    assertThat(backtest("http://127.0.0.1:1", SPEC)).isEqualTo(3);
    assertThat(backtest("http://127.0.0.1:1", "apiVersion: x\n")).isEqualTo(1);
  }

  @Test
  void an_alert_once_a_day_is_not_over_a_budget_of_one_a_week() throws Exception {
    long now = Instant.parse("2023-11-16T00:00:00Z").getEpochSecond();
    String rows =
        "[{\"metric\":{\"instance\":\"a\"},\"values\":[[%d,\"1\"],[%d,\"1\"]]}]"
            .formatted(now - 3600, now - 3540);
    String spec = SPEC.replace("2/day", "1/week").replace("for: 10m, ", "");
    try (FakePrometheus server = new FakePrometheus("2.42.0", form -> rows(form, rows))) {
      assertThat(
              backtest(
                  server.url(), spec, "--from=2023-11-15T00:00:00Z", "--to=2023-11-16T00:00:00Z"))
          .as(errors())
          .isZero();
      assertThat(text()).endsWith("budget: warning of shop told 1 time in 1d, allowed are 1\n");
      assertThat(server.asked()).contains("queue_depth{job=\"checkout\"} > 5");
    }
  }

  private static String rows(Map<String, String> form, String rows) {
    double start = Double.parseDouble(form.getOrDefault("start", "0"));
    double end = Double.parseDouble(form.getOrDefault("end", "0"));
    double first = Double.parseDouble(rows.replaceAll(".*\\[\\[([0-9]+).*", "$1"));
    return first >= start && first <= end ? rows : "[]";
  }
}
