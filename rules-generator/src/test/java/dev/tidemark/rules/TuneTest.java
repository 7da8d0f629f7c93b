package dev.tidemark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verb that looks for thresholds, on a week with healthy noise and with leaks that killed. */
class TuneTest {
  private static final long START = 1_700_006_400; // 2023-11-15T00:00:00Z
  private static final long WEEK = 7 * 24 * 60;
  private static final long DAY = 24 * 60;
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {engine: promql}
      defaults: {scrapeInterval: 1m}
      teams:
        - {name: shop, receiver: nobody, alertBudget: {critical: 2/week}}
      receivers:
        - {name: nobody}
      services:
        - name: checkout
          team: shop
          selector: {job: checkout}
          memoryLimit: 1000Mi
          alerts:
            - {use: memory-near-limit} # nobody reads this any more
            - name: Deep
              expr: 'queue_depth{job="checkout"} > 5'
              severity: critical
      """;

  @TempDir Path folder = Path.of("");

  private Captured tune(String url, String... more) {
    return run("tune", url, "2023-11-15T00:00:00Z", "2023-11-22T00:00:00Z", more);
  }

  private Captured run(String verb, String url, String from, String to, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                verb,
                "--spec=" + folder.resolve("spec.yaml"),
                "--prometheus=" + url,
                "--from=" + from,
                "--to=" + to));
    arguments.addAll(Arrays.asList(more));
    return Captured.run(arguments.toArray(new String[0]));
  }

  private static void series(
      StringBuilder history, String series, long every, LongToDoubleFunction value) {
    for (long minute = 0; minute <= WEEK; minute += every) {
      history.append(
          "%s %s %d%n".formatted(series, value.applyAsDouble(minute), START + 60 * minute));
    }
  }

  /** Minutes after a leak began on the third and on the sixth day; negative: none. */
  private static long leaking(long minute) {
    long since = minute >= 5 * DAY ? minute - 5 * DAY : minute - 2 * DAY;
    return since >= 0 && since < 360 ? since : -1;
  }

  private static final double MIB = 1 << 20;

  /** An hour of much work thrice a day in one process, and another that leaks until it dies. */
  private static String history() {
    StringBuilder history = new StringBuilder("# TYPE process_resident_memory_bytes gauge\n");
    series(
        history,
        "process_resident_memory_bytes{job=\"checkout\",instance=\"a:1\"}",
        1,
        minute -> minute % 480 >= 400 && minute % 480 < 460 ? 925 * MIB : 500 * MIB);
    series(
        history,
        "process_resident_memory_bytes{job=\"checkout\",instance=\"b:1\"}",
        1,
        minute -> (leaking(minute) < 0 ? 300 : 300 + leaking(minute) * 690 / 360.0) * MIB);
    history.append("# TYPE process_start_time_seconds gauge\n");
    series(
        history,
        "process_start_time_seconds{job=\"checkout\",instance=\"b:1\"}",
        1,
        minute ->
            START
                - 5000
                + (minute >= 2 * DAY + 360 ? 9e4 : 0)
                + (minute >= 5 * DAY + 360 ? 9e4 : 0));
    series(
        history,
        "process_start_time_seconds{job=\"checkout\",instance=\"a:1\"}",
        1,
        minute -> START - 5000);
    history.append("# TYPE queue_depth gauge\n");
    series(
        history,
        "queue_depth{job=\"checkout\",instance=\"a:1\"}",
        1,
        minute -> minute % 720 >= 700 && minute % 720 < 705 ? 9 : 0);
    history.append("# TYPE outage gauge\n");
    series(
        history,
        "outage{job=\"checkout\",instance=\"a:1\"}",
        1,
        minute ->
            (minute >= DAY && minute < DAY + 20) || (minute >= 2 * DAY && minute < 2 * DAY + 30)
                ? 9
                : 0);
    return history.toString();
  }

  @Test
  @Timeout(120)
  void finds_thresholds_that_are_quiet_and_still_see_what_killed() throws Exception {
    Path spec = Files.writeString(folder.resolve("spec.yaml"), SPEC);
    try (RealPrometheus server = RealPrometheus.orSkip(folder.resolve("p"), history())) {
      Captured found = tune(server.url());
      assertThat(found.code()).as(found.toString()).isZero();
      assertThat(found.out())
          .startsWith(
              """
              learnt from 2023-11-15T00:00:00Z to 2023-11-19T21:36:00Z, held out from there to 2023-11-22T00:00:00Z
              checkout/GoMemoryNearLimit (critical): above 0.9 -> 0.93; episodes 15 -> 1, held out 8 -> 1
              """)
          .contains(
              """
                seen 15m later: 2023-11-17T05:24:00Z {instance=b:1, job=checkout}, started again at 2023-11-17T06:00:00Z
                seen 15m later: 2023-11-20T05:24:00Z {instance=b:1, job=checkout}, started again at 2023-11-20T06:00:00Z (held out)
              checkout/Deep (critical): for 0s -> 5m; episodes 9 -> 0, held out 5 -> 0
              """)
          .contains("; it would have been silent\n")
          .contains(
              "budget holds: critical of shop, 2/week: told 37 -> 2 times, allowed are 2;"
                  + " learnt from told 24 -> 1 times, allowed are 2;"
                  + " held out told 13 -> 1 times, allowed are 1\n")
          .contains("spec.yaml:14:9 (checkout/GoMemoryNearLimit): with: {above: 0.93}\n");
      assertThat(spec).content().isEqualTo(SPEC);

      keepsWhatIsMarked(server.url());
      leavesOthersAlone(server.url());
      allowsNoMoreThanBacktest(server.url());

      Captured written = tune(server.url(), "--write", "--format=json");
      assertThat(written.code()).as(written.toString()).isZero();
      assertThat(written.out())
          .contains("\"before\":{\"above\":\"0.9\"},\"after\":{\"above\":\"0.93\"}")
          .contains("\"heldOut\":true,\"lateSeconds\":900.0}")
          .contains("\"written\":{\"files\":[\"" + spec + "\"]");
      assertThat(spec)
          .content()
          .isEqualTo(
              SPEC.replace(
                      "{use: memory-near-limit} #",
                      "{use: memory-near-limit, with: {above: 0.93}} #")
                  .replace("- name: Deep\n", "- name: Deep\n        for: 5m\n"));
      assertThat(tune(server.url()).out()).contains("GoMemoryNearLimit (critical): stays;");
    }
  }

  /** The hours of much work are marked, so nothing may silence them, and the budget cannot hold. */
  private void keepsWhatIsMarked(String url) throws Exception {
    Captured kept =
        tune(
            url,
            "--write",
            "--keep=2023-11-15T07:00:00Z alertname=GoMemoryNearLimit",
            "--keep=2023-11-15T03:00:00Z");
    assertThat(kept.code()).as(kept.toString()).isEqualTo(1);
    assertThat(kept.out())
        .contains("checkout/GoMemoryNearLimit (critical): stays;")
        .contains("  refused: ")
        .contains("not see in time 2023-11-15T06:50:00Z of ")
        .contains("kept, as asked for")
        .contains("over budget: critical of shop")
        .contains("note: --keep 2023-11-15T03:00:00Z {}: no alert fired then")
        .contains("not written for critical of shop");
    assertThat(folder.resolve("spec.yaml")).content().isEqualTo(SPEC);
  }

  private void leavesOthersAlone(String url) {
    Captured one = tune(url, "--alert=checkout/Deep", "--budget=1/day");
    assertThat(one.code()).as(one.toString()).isZero();
    assertThat(one.out())
        .contains("checkout/Deep (critical): for 0s -> 5m")
        .doesNotContain("checkout/GoMemoryNearLimit");
    Captured shared = tune(url, "--alert=Deep");
    assertThat(shared.code()).as(shared.toString()).isEqualTo(1);
    assertThat(shared.out())
        .contains("checkout/GoMemoryNearLimit (critical): stays; episodes 15, held out 8")
        .contains("checkout/Deep (critical): for 0s -> 5m")
        .contains("over budget");
    // restarts of processes say nothing then, so the leaks may be silenced, too
    assertThat(tune(url, "--ignore-restarts", "--budget=0/week").out())
        .contains("nothing tells which episodes mattered")
        .doesNotContain("started again");
    assertThat(tune(url, "--budget=0/week").out())
        .contains("started again at 2023-11-17T06:00:00Z)");
  }

  /** Of one a month neither part of a day may have one, where the day may. */
  private void allowsNoMoreThanBacktest(String url) throws Exception {
    String month = SPEC.replace("critical: 2/week", "critical: 1/month");
    Files.writeString(folder.resolve("spec.yaml"), month.replace("- {use: memory-", "# "));
    String[] day = {"2023-11-18T00:00:00Z", "2023-11-19T00:00:00Z"};
    assertThat(run("backtest", url, day[0], day[1]).out())
        .contains("over budget: critical of shop told 2 times in 1d, allowed are 1");
    assertThat(run("tune", url, day[0], day[1]).out())
        .contains("checkout/Deep (critical): for 0s -> 5m")
        .contains(
            "1/month: told 2 -> 0 times, allowed are 1;"
                + " learnt from told 1 -> 0 times, allowed are 1;"
                + " held out told 1 -> 0 times, allowed are 1\n");
    // the first of them alone is not too many, whatever its part may have
    assertThat(run("tune", url, day[0], "2023-11-18T12:00:00Z", "--train=99%").out())
        .contains("checkout/Deep (critical): stays")
        .contains("budget holds: critical of shop, 1/month: told 1 -> 1 times, allowed are 1;");
    // of two outages the longer may be told, and so is
    Files.writeString(
        folder.resolve("spec.yaml"),
        month
            .replace("- {use: memory-", "# ")
            .replace("queue_depth{job=\"checkout\"} > 5'", "outage > 5'\n        for: 5m"));
    assertThat(tune(url).out())
        .contains("checkout/Deep (critical): for 5m -> 20m; episodes 2 -> 1, held out 0 -> 0\n")
        .contains("budget holds: critical of shop, 1/month: told 2 -> 1 times, allowed are 1;");
    Files.writeString(folder.resolve("spec.yaml"), SPEC);
    Captured before = run("tune", url, "2023-10-15T00:00:00Z", "2023-10-22T00:00:00Z");
    assertThat(before.code()).as(before.toString()).isEqualTo(1);
    assertThat(before.out())
        .contains("checkout/Deep (critical): no data\n")
        .contains("nothing is proposed: the server has no data of what these alerts read");
    assertThat(
            run("tune", url, "2023-10-15T00:00:00Z", "2023-10-22T00:00:00Z", "--format=json").out())
        .contains("\"noData\":true");
  }

  @Test
  void says_what_is_wrong_with_flags_and_who_does_not_answer() throws Exception {
    Files.writeString(folder.resolve("spec.yaml"), SPEC);
    String nobody = "http://127.0.0.1:1";
    assertThat(tune(nobody).code()).isEqualTo(3);
    for (String wrong :
        List.of(
            "--budget=often",
            "--alert=None",
            "--train=0%",
            "--train=half",
            "--keep=now",
            "--service=other",
            "--team=other")) {
      assertThat(tune(nobody, wrong).code()).as(wrong).isEqualTo(2);
    }
    assertThat(Captured.run("tune", "--spec=" + folder.resolve("spec.yaml")).code()).isEqualTo(2);
    Files.writeString(
        folder.resolve("spec.yaml"), SPEC.replace(", alertBudget: {critical: 2/week}", ""));
    Captured none = tune(nobody);
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("give --budget, as 3/week");
    Files.writeString(folder.resolve("spec.yaml"), "apiVersion: other\n");
    assertThat(tune(nobody).code()).isEqualTo(1);
  }
}
