package dev.tidemark.rules.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.rules.Generator;
import dev.tidemark.rules.RealAlertmanager;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.spec.SpecText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A running Alertmanager with our configuration delivers every alert of every service to whom we
 * say, and no other: routes, inhibitions and time intervals at work together.
 */
class DeliveredByAlertmanagerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LAST = "LastOfAll";

  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {prometheus: "2.42", alertmanager: "0.25", engine: promql}
      routing: {groupWait: 1s, groupInterval: 1s, groupBy: [alertname, team]}
      teams:
        - {name: pay, receiver: pay, pages: pager}
        - {name: muted, receiver: muted, mute: [always]}
        - {name: idle, receiver: idle, activeTimes: [never]}
        - {name: awake, receiver: awake, mute: [never], activeTimes: [always, never]}
      receivers:
        - {name: rest, webhook: {url: "URL/rest"}}
        - {name: pay, webhook: {url: "URL/pay"}}
        - {name: pager, webhook: {url: "URL/pager"}}
        - {name: muted, webhook: {url: "URL/muted"}}
        - {name: idle, webhook: {url: "URL/idle"}}
        - {name: awake, webhook: {url: "URL/awake"}}
      SERVICES
      inhibit:
        - {source: {severity: critical}, target: {severity: warning}, equal: [alertname, namespace, pod]}
      timeIntervals:
        - {name: always, timeIntervals: [{times: [{startTime: "00:00", endTime: "24:00"}]}]}
        - {name: never, timeIntervals: [{years: ['1990']}]}
      """;

  private static final String SERVICE =
      """
        - name: %1$s
          team: %1$s
          selector: {namespace: %1$s}
          memoryLimit: 512Mi
          alerts:
            - {use: goroutine-leak}
            - {use: goroutine-leak, severity: critical, name: GoGoroutineLeak}
            - {use: heap-leak}
            - {use: memory-near-limit}
            - {use: oom-killed}
            - {name: 'Queue "stuck"', expr: 'queue > 1'}
      """;

  @TempDir Path folder = Path.of("");
  private final Set<String> delivered = new ConcurrentSkipListSet<>();

  @SuppressWarnings("NullAway.Init")
  private HttpServer receiver;

  static Stream<RealAlertmanager.Program> programs() throws Exception {
    return RealAlertmanager.every();
  }

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    receiver.createContext("/", this::take);
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    JsonNode group = JSON.readTree(exchange.getRequestBody().readAllBytes());
    String path = exchange.getRequestURI().getPath().substring(1);
    for (JsonNode alert : group.path("alerts")) {
      delivered.add(path + " " + RealAlertmanager.labels(alert));
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  @Timeout(60)
  void every_alert_reaches_whom_we_say(RealAlertmanager.Program program) throws Exception {
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort();
    Generator.Output output =
        Generator.generate(
            List.of(new SpecText("spec.yaml", spec(url))), (all, target) -> List.of());
    List<Map<String, String>> alerts = alerts(output);
    Set<String> expected = expected(output, alerts);
    assertThat(expected).anyMatch(e -> e.startsWith("pay ")).anyMatch(e -> e.startsWith("awake "));
    assertThat(expected).anyMatch(e -> e.startsWith("pager "));
    assertThat(expected).noneMatch(e -> e.startsWith("pager ") && e.contains("warning"));
    assertThat(expected).noneMatch(e -> e.startsWith("muted ") || e.startsWith("idle "));
    byte[] config = output.files().getOrDefault("alertmanager/alertmanager.yml", new byte[0]);
    try (RealAlertmanager server = RealAlertmanager.start(program, folder, config)) {
      server.post(alerts);
      await(expected);
      // what would have come is there before an alert that was sent after the others came
      Map<String, String> last = new TreeMap<>(Map.of("alertname", LAST));
      server.post(List.of(last));
      expected.add("rest " + last);
      await(expected);
    }
    assertThat(new TreeSet<>(delivered)).isEqualTo(expected);
  }

  private static String spec(String url) {
    StringBuilder services = new StringBuilder("services:\n");
    Stream.of("pay", "muted", "idle", "awake").map(SERVICE::formatted).forEach(services::append);
    return SPEC.replace("URL", url).replace("SERVICES\n", services);
  }

  private void await(Set<String> expected) throws InterruptedException {
    for (int look = 0; look < 200 && !delivered.containsAll(expected); look++) {
      RealAlertmanager.pause();
    }
    assertThat(delivered).containsAll(expected);
  }

  /** Each rule's labels on two pods of its service, and one alert that belongs to nobody. */
  private static List<Map<String, String>> alerts(Generator.Output output) {
    List<Map<String, String>> alerts = new ArrayList<>();
    for (ServiceRules service : output.services()) {
      for (ServiceRules.TestedRule tested : service.rules()) {
        for (String pod : List.of("p-1", "p-2")) {
          Map<String, String> labels = new TreeMap<>(tested.rule().labels());
          labels.put("alertname", tested.rule().alert());
          labels.put(
              "namespace", service.service().selection().labels().getOrDefault("namespace", ""));
          labels.put("pod", pod);
          // of one pod the critical one fires, too
          if (!(pod.equals("p-2") && "critical".equals(labels.get("severity")))) {
            alerts.add(labels);
          }
        }
      }
    }
    alerts.add(new TreeMap<>(Map.of("alertname", "Elsewhere", "team", "nobody")));
    return alerts;
  }

  private static Set<String> expected(Generator.Output output, List<Map<String, String>> alerts) {
    Inhibitions inhibitions = Inhibitions.of(output.model().routing());
    Routes routes = Routes.of(output.model().routing());
    Set<String> expected = new TreeSet<>();
    int held = 0;
    for (Map<String, String> alert : alerts) {
      if (inhibitions.holdsBack(alert, alerts).isPresent()) {
        held++;
        continue;
      }
      for (Route route : routes.routesOf(alert)) {
        boolean active = route.active().isEmpty() || route.active().contains("always");
        if (active && !route.muted().contains("always")) {
          expected.add(route.receiver() + " " + alert);
        }
      }
    }
    assertThat(held).isEqualTo(4);
    return expected;
  }
}
