package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Verbs that ask a server, each on a real Prometheus with the metrics of two Go services. */
@Timeout(120)
class OnlineVerbsTest {
  private static final long HOURS = 3;

  @TempDir Path folder = Path.of("");

  private static void series(
      StringBuilder history, long now, String series, LongToDoubleFunction value) {
    for (long minute = -HOURS * 60; minute <= 0; minute++) {
      double at = value.applyAsDouble(minute);
      if (!Double.isNaN(at)) {
        history.append("%s %s %d%n".formatted(series, at, now + 60 * minute));
      }
    }
  }

  /** Two services that are alike; the queue of one is high for 40 minutes, 10 of them unseen. */
  private static String history(long now) {
    StringBuilder history = new StringBuilder("# TYPE go_info gauge\n");
    for (String labels :
        new String[] {"job=\"cart\",instance=\"a:1\"", "job=\"checkout\",instance=\"b:1\""}) {
      series(history, now, "go_info{" + labels + ",version=\"go1.24\"}", minute -> 1);
    }
    history.append("# TYPE go_goroutines gauge\n");
    for (String labels :
        new String[] {"job=\"cart\",instance=\"a:1\"", "job=\"checkout\",instance=\"b:1\""}) {
      series(history, now, "go_goroutines{" + labels + "}", minute -> 40);
    }
    history.append("# TYPE queue_depth gauge\n");
    series(
        history,
        now,
        "queue_depth{job=\"cart\",instance=\"a:1\"}",
        minute ->
            minute > -88 && minute < -78 ? Double.NaN : minute >= -100 && minute < -60 ? 9 : 0);
    return history.toString();
  }

  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {prometheus: "2.53"}
      defaults: {scrapeInterval: 1m, OFFSET}
      teams:
        - {name: shop, receiver: nobody}
      receivers:
        - {name: nobody}
      services:
        - name: cart
          team: shop
          selector: {job: cart}
          alerts:
            - {name: Deep, expr: 'queue_depth{job="cart"} > 5', for: 10m, severity: info}
            - {name: Gone, expr: 'no_such_metric{job="cart"} > 5', severity: info}
      """;

  private String spec(String offset) throws Exception {
    return "--spec="
        + Files.writeString(folder.resolve("spec.yaml"), SPEC.replace("OFFSET", offset));
  }

  @Test
  void a_real_server_is_asked_by_every_verb() throws Exception {
    long now = Instant.now().getEpochSecond() / 60 * 60;
    try (RealPrometheus server = RealPrometheus.orSkip(folder.resolve("p"), history(now))) {
      String asked = "--prometheus=" + server.url();
      init(asked);
      Captured lint = Captured.run("lint", spec("groupInterval: 1m"), asked);
      assertThat(lint.code()).as(lint.toString()).isEqualTo(1);
      assertThat(lint.out())
          .contains("the server had no series of no_such_metric in the last hour [missing-series]")
          .doesNotContain("no series of queue_depth");
      Captured cost = Captured.run("cost", spec("groupInterval: 1m"), asked, "--format=json");
      assertThat(cost.code()).as(cost.toString()).isZero();
      assertThat(cost.out())
          .contains("\"from\":\"the server\"")
          .contains("{\"rule\":\"Deep\",\"kind\":\"alert\"");
      backtests(asked, now);
    }
  }

  private void init(String asked) throws Exception {
    Path first = folder.resolve("first.yaml");
    Captured init = Captured.run("init", asked, "--out=" + first);
    assertThat(init.code()).as(init.toString()).isZero();
    assertThat(init.out())
        .as("services that are alike are told together")
        .startsWith(
            "cart  {job=\"cart\"}, 1 target\ncheckout  {job=\"checkout\"}, 1 target\n"
                + "  of both:\n    judged")
        .containsOnlyOnce("judged exactly");
    assertThat(Captured.run("validate", "--spec=" + first).code()).isZero();
    assertThat(Captured.run("lint", "--spec=" + first, asked).code()).isZero();
  }

  /** A gap longer than Prometheus' five minutes ends an alert, and {@code for} begins again. */
  private void backtests(String asked, long now) throws Exception {
    String[] flags = {"--history=3h", asked, "--alert=Deep", "--to=" + Instant.ofEpochSecond(now)};
    Captured gap =
        Captured.run("backtest", spec("groupInterval: 1m"), flags[0], flags[1], flags[2], flags[3]);
    assertThat(gap.code()).as(gap.toString()).isZero();
    assertThat(gap.out())
        .contains("cart/Deep (info): 2 episodes")
        .contains("  " + Instant.ofEpochSecond(now - 90 * 60) + " to ")
        .contains(
            "  "
                + Instant.ofEpochSecond(now - 68 * 60)
                + " to "
                + Instant.ofEpochSecond(now - 60 * 60));
    Captured late =
        Captured.run(
            "backtest",
            spec("groupInterval: 1m, queryOffset: 3m"),
            flags[0],
            flags[1],
            flags[2],
            flags[3]);
    assertThat(late.code()).as(late.toString()).isZero();
    assertThat(late.out())
        .as("rules that look three minutes ago fire three minutes later")
        .contains("  " + Instant.ofEpochSecond(now - 87 * 60) + " to ")
        .contains(
            "  "
                + Instant.ofEpochSecond(now - 65 * 60)
                + " to "
                + Instant.ofEpochSecond(now - 57 * 60));
  }
}
