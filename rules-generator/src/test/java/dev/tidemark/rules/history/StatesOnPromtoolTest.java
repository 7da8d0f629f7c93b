package dev.tidemark.rules.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.rules.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own evaluation of alerts, on random ups and downs, says the same as ours. */
class StatesOnPromtoolTest {
  private static final int MINUTES = 60;
  private static final int ALERTS = 20;
  @TempDir Path folder = Path.of("");

  @Test
  void random_alerts_fire_at_the_same_minutes() throws Exception {
    Optional<Tool> promtool = Tool.find("promtool");
    assumeTrue(promtool.isPresent());
    long seed = Long.getLong("seed", 4);
    Random random = new Random(seed);
    StringBuilder rules = new StringBuilder("groups:\n- name: g\n  interval: 1m\n  rules:\n");
    StringBuilder series = new StringBuilder();
    StringBuilder looks = new StringBuilder();
    for (int alert = 0; alert < ALERTS; alert++) {
      int waits = random.nextInt(4);
      int keeps = random.nextInt(5);
      rules.append(
          "  - {alert: A%d, expr: 'm%d > 0', for: %dm, keep_firing_for: %dm}%n"
              .formatted(alert, alert, waits, keeps));
      Life life = new Life(new TreeMap<>(), Duration.ofMinutes(waits), Duration.ofMinutes(keeps));
      StringBuilder values = new StringBuilder();
      boolean up = false;
      for (int minute = 0; minute < MINUTES; minute++) {
        up = random.nextInt(3) == 0 ? !up : up;
        values.append(up ? "1 " : "0 ");
        life.look(Instant.EPOCH.plusSeconds(60L * minute), up);
      }
      series.append("    - {series: m%d, values: '%s'}%n".formatted(alert, values));
      List<Episode> episodes = life.finish(Instant.EPOCH.plusSeconds(60L * MINUTES));
      for (int minute = 0; minute < MINUTES; minute++) {
        Instant at = Instant.EPOCH.plusSeconds(60L * minute);
        boolean fires =
            episodes.stream().anyMatch(e -> !at.isBefore(e.from()) && at.isBefore(e.to()));
        looks.append(
            "    - {eval_time: %dm, alertname: A%d, exp_alerts: [%s]}%n"
                .formatted(minute, alert, fires ? "{}" : ""));
      }
    }
    Files.writeString(folder.resolve("rules.yml"), rules);
    Files.writeString(
        folder.resolve("test.yml"),
        "rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n"
            + series
            + "  alert_rule_test:\n"
            + looks);
    Tool.Answer answer = promtool.get().run(folder, "test", "rules", "test.yml");
    assertThat(answer.code()).as("seed %d: %s", seed, answer.text()).isZero();
  }
}
