package dev.tidemark.e2e.demo;

import dev.tidemark.e2e.server.Prometheus;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The last screen: what each way of alerting raised, and where everything lies. */
record Summary(Screen screen, Lab lab, Stand stand) {
  private static final String STATIC_ALERT = "StaticGoroutineThreshold";

  void tell(Demo.Outcome outcome) throws IOException, InterruptedException {
    screen.heading("Summary");
    for (Timeline.Reached one : outcome.reached()) {
      screen.line(
          String.format(
              Locale.ROOT, "%-30s %7.1f s", one.stage().title(), one.after().toMillis() / 1000.0));
    }
    screen.line("");
    screen.line(
        String.format(Locale.ROOT, "%-24s %-34s %s", "", "the leak of orders", "false alarms"));
    row("Tidemark", Probes.ALERT, outcome);
    row("go_goroutines > 1000", STATIC_ALERT, outcome);
    screen.line("");
    screen.line(
        "evidence   "
            + lab.webhookData().resolve("evidence").resolve(outcome.episode().path("id").asText()));
    screen.line("page       " + stand.webhook().url() + "/ (stays with --keep)");
  }

  private void row(String name, String alert, Demo.Outcome outcome)
      throws IOException, InterruptedException {
    List<String> fired = fired(alert);
    String orders = stand.fleet().orders().name();
    String leak =
        fired.contains(orders)
            ? "paged after " + after(outcome, Stage.FIRING)
            : "silent: it peaked at " + peak();
    List<String> wrong = fired.stream().filter(job -> !job.equals(orders)).toList();
    screen.line(
        String.format(
            Locale.ROOT,
            "%-24s %-34s %s",
            name,
            leak,
            wrong.isEmpty() ? "0" : wrong.size() + " (" + String.join(", ", wrong) + ")"));
  }

  /** The most goroutines orders had since the demo began, as Prometheus saw them. */
  private long peak() throws IOException, InterruptedException {
    String expr =
        "max_over_time(go_goroutines{instance=\"" + stand.fleet().orders().instance() + "\"}[4m])";
    return Math.round(stand.prometheus().value(expr).orElse(0.0));
  }

  private static String after(Demo.Outcome outcome, Stage stage) {
    return outcome.reached().stream()
        .filter(one -> one.stage() == stage)
        .map(one -> Screen.seconds(one.after()))
        .findFirst()
        .orElse("?");
  }

  /** Jobs for which the alert fired at any time of this run. */
  List<String> fired(String alert) throws IOException, InterruptedException {
    String expr =
        "count by (job) (last_over_time(ALERTS{alertstate=\"firing\",alertname=\""
            + alert
            + "\"}[15m]))";
    return stand.prometheus().query(expr).stream()
        .map((Prometheus.Row row) -> row.label("job"))
        .sorted()
        .toList();
  }
}
