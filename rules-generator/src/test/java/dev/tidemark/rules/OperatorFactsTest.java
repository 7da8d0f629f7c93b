package dev.tidemark.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Our objects hold what the schemas of the Operator's custom resources take, and nothing else. */
class OperatorFactsTest {
  private static final String SPEC =
      """
      apiVersion: tidemark/v1
      target: {prometheus: "2.53", alertmanager: "0.27", output: prometheus-rule}
      defaults: {queryOffset: 30s}
      teams:
        - {name: pay, receiver: hook, mute: [nights]}
        - {name: a.b, receiver: other, activeTimes: [days]}
      receivers:
        - {name: nobody}
        - name: hook
          webhook:
            url: "http://tidemark.tidemark:9478/api/v1/alertmanager"
            maxAlerts: 7
            httpConfig:
              basicAuth: {username: am, passwordFile: /etc/alertmanager/secrets/tidemark/password}
              tlsConfig:
                caFile: /etc/alertmanager/configmaps/ca/ca.pem
                certFile: /etc/alertmanager/secrets/tls/tls.crt
                keyFile: /etc/alertmanager/secrets/tls/tls.key
                serverName: tidemark
        - name: other
          webhook:
            urlFile: /etc/alertmanager/secrets/other/url
            httpConfig:
              authorization: {type: Bearer, credentialsFile: /etc/alertmanager/secrets/other/token}
      services:
        - name: api
          team: pay
          selector: {namespace: pay, app: api}
          group: {interval: 90s, queryOffset: 0s, limit: 100}
          records: [{record: 'a:b:c', expr: sum(up), labels: {l: v}}]
          alerts:
            - {use: goroutine-leak, engine: promql}
            - {name: Größe-1, expr: 'up{job="api"} == 0', for: 5m, keepFiringFor: 1h}
        - {name: b, team: a.b, selector: {job: b}, alerts: [{use: target-down}]}
      inhibit: [{source: {severity: critical}, target: {severity: warning}, equal: [alertname, pod]}]
      timeIntervals:
        - name: nights
          timeIntervals:
            - daysOfMonth: ['1:5', '-1']
              times: [{startTime: '00:00', endTime: '24:00'}]
        - name: days
          timeIntervals:
            - {weekdays: ['Monday:Friday', sunday], months: ['1:3', 'May:June'], years: ['2026:2030']}
      """;

  private final List<String> wrong = new ArrayList<>();

  @Test
  void every_object_holds_what_its_resource_takes() throws Exception {
    SortedMap<String, byte[]> files = Oracle.files(SPEC);
    TreeSet<String> kinds = new TreeSet<>();
    files.forEach(
        (path, bytes) -> {
          if (path.startsWith("kubernetes/") && !path.contains("dashboards")) {
            Map<?, ?> object = (Map<?, ?>) load(new String(bytes, UTF_8));
            kinds.add(String.valueOf(object.get("kind")));
            check(
                path,
                Objects.requireNonNull(object.get("spec")),
                fact(String.valueOf(object.get("kind"))));
          }
        });
    assertThat(wrong).isEmpty();
    assertThat(kinds).containsExactly("AlertmanagerConfig", "PrometheusRule", "ServiceMonitor");
  }

  @Test
  void what_a_resource_does_not_take_is_seen() {
    check(
        "x",
        load("{groups: [{nam: a, interval: 1 m, rules: [{expr: 5}]}]}"),
        fact("PrometheusRule"));
    assertThat(wrong)
        .containsExactlyInAnyOrder(
            "x.groups.nam: unknown",
            "x.groups: needs name",
            "x.groups.interval: 1 m is no duration",
            "x.groups.rules.expr: 5 is no text");
  }

  private void check(String path, Object value, Object fact) {
    if (fact instanceof List<?> each) {
      if (value instanceof List<?> list) {
        list.forEach(item -> check(path, item, Objects.requireNonNull(each.get(0))));
      } else {
        wrong.add(path + ": needs a list");
      }
    } else if (fact instanceof Map<?, ?> keys) {
      mapping(path, value, keys);
    } else {
      scalar(path, value, String.valueOf(fact));
    }
  }

  private void mapping(String path, Object value, Map<?, ?> keys) {
    if (!(value instanceof Map<?, ?> map)) {
      wrong.add(path + ": needs keys");
      return;
    }
    Object any = keys.get("any");
    map.forEach(
        (key, item) -> {
          Object fact = keys.containsKey(key) ? keys.get(key) : keys.get(key + "!");
          if (fact == null && any == null) {
            wrong.add(path + "." + key + ": unknown");
          } else {
            check(path + "." + key, item, Objects.requireNonNullElse(fact, any));
          }
        });
    for (Object key : keys.keySet()) {
      String name = String.valueOf(key);
      if (name.endsWith("!") && !map.containsKey(name.substring(0, name.length() - 1))) {
        wrong.add(path + ": needs " + name.substring(0, name.length() - 1));
      }
    }
  }

  private void scalar(String path, Object value, String fact) {
    String duration = "([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?";
    boolean right =
        switch (fact) {
          case "text" -> value instanceof String;
          case "name" -> value instanceof String text && !text.isEmpty();
          case "number" -> value instanceof Integer;
          case "truth" -> value instanceof Boolean;
          case "duration" -> value instanceof String text && text.matches("0|" + duration);
          case "some duration" ->
              value instanceof String text && !text.isEmpty() && text.matches("0|" + duration);
          case "route", "matcher", "secret" -> {
            check(
                path, value, fact.equals("route") ? of("AlertmanagerConfig", "route") : part(fact));
            yield true;
          }
          default ->
              fact.startsWith("/")
                  ? Pattern.matches(fact.substring(1, fact.length() - 1), String.valueOf(value))
                  : List.of(fact.split("\\|", -1)).contains(String.valueOf(value));
        };
    if (!right) {
      wrong.add(path + ": " + value + " is no " + fact);
    }
  }

  private static Map<String, Object> part(String name) {
    return name.equals("secret")
        ? Map.of("name", "text", "key!", "name")
        : Map.of("name!", "name", "matchType", "=|!=|=~|!~", "value", "text");
  }

  private static Object of(String kind, String key) {
    return Objects.requireNonNull(((Map<?, ?>) fact(kind)).get(key));
  }

  private static Object fact(String kind) {
    try (InputStream in = OperatorFactsTest.class.getResourceAsStream("operator-facts.yaml")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return Objects.requireNonNull(((Map<?, ?>) load(text)).get(kind));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object load(String text) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
  }
}
