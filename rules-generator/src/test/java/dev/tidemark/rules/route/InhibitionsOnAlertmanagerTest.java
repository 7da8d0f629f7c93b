package dev.tidemark.rules.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.rules.Generator;
import dev.tidemark.rules.RealAlertmanager;
import dev.tidemark.rules.spec.SpecText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A running Alertmanager with our configuration holds back what we say it holds back. */
class InhibitionsOnAlertmanagerTest {
  private static final long SEED = Long.getLong("seed", 4);
  private static final int ALERTS = 60;
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      routing: {groupWait: 1s}
      teams: [{name: pay, receiver: hook}]
      receivers: [{name: hook, webhook: {url: "http://127.0.0.1:1/x"}}]
      services:
        - name: api
          team: pay
          selector: {job: api}
          alerts: [{use: goroutine-leak}]
      inhibit:
        - {source: {severity: critical}, target: {severity: warning}, equal: [alertname, pod]}
        - {source: {alertname: NodeDown}, target: {team: pay}, equal: [node]}
      """;

  @TempDir Path folder = Path.of("");

  static Stream<RealAlertmanager.Program> programs() throws Exception {
    return RealAlertmanager.every();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  @Timeout(60)
  void random_alerts_are_held_back_as_we_say(RealAlertmanager.Program program) throws Exception {
    Generator.Output output =
        Generator.generate(List.of(new SpecText("spec.yaml", SPEC)), (all, target) -> List.of());
    List<Map<String, String>> alerts = alerts(new Random(SEED));
    Inhibitions rules = Inhibitions.of(output.model().routing());
    Set<Map<String, String>> held = new HashSet<>();
    for (Map<String, String> alert : alerts) {
      if (rules.holdsBack(alert, alerts).isPresent()) {
        held.add(alert);
      }
    }
    assertThat(held).as("seed %d", SEED).isNotEmpty().hasSizeLessThan(alerts.size());
    byte[] config = output.files().getOrDefault("alertmanager/alertmanager.yml", new byte[0]);
    try (RealAlertmanager server = RealAlertmanager.start(program, folder, config)) {
      server.post(alerts);
      Set<Map<String, String>> said = Set.of();
      // the inhibitor hears of alerts a moment after they were taken
      for (int look = 0; look < 100 && !said.equals(held); look++) {
        RealAlertmanager.pause();
        said = inhibited(server.alerts(), alerts.size());
      }
      assertThat(said).as("seed %d", SEED).isEqualTo(held);
    }
  }

  private static List<Map<String, String>> alerts(Random random) {
    Set<Map<String, String>> alerts = new HashSet<>();
    while (alerts.size() < ALERTS) {
      Map<String, String> labels = new TreeMap<>();
      labels.put("alertname", pick(random, "A", "B", "NodeDown"));
      label(labels, "severity", pick(random, "critical", "warning", "info", ""));
      label(labels, "team", pick(random, "pay", "shop", ""));
      label(labels, "pod", pick(random, "1", "2", ""));
      label(labels, "node", pick(random, "n", "m", ""));
      // 0.33 remembers one source for equal labels: an alert on both sides is held back or not by
      // which came first (0.25 holds it back, as we say)
      if (!("NodeDown".equals(labels.get("alertname")) && "pay".equals(labels.get("team")))) {
        alerts.add(labels);
      }
    }
    return new ArrayList<>(alerts);
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }

  private static void label(Map<String, String> labels, String name, String value) {
    if (!value.isEmpty()) {
      labels.put(name, value);
    }
  }

  /** The labels of those that are held back; none while not all are known. */
  private static Set<Map<String, String>> inhibited(JsonNode alerts, int all) {
    Set<Map<String, String>> held = new HashSet<>();
    if (alerts.size() == all) {
      for (JsonNode alert : alerts) {
        if (!alert.path("status").path("inhibitedBy").isEmpty()) {
          held.add(RealAlertmanager.labels(alert));
        }
      }
    }
    return held;
  }
}
