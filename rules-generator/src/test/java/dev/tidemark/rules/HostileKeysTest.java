package dev.tidemark.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.toolkit.yaml.ProblemsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Hostile values at every other key are refused with places, or make files that promtool and amtool
 * accept. {@code -Dtidemark.fuzz.rounds=3000} runs as many specifications.
 */
class HostileKeysTest {
  private static final long SEED = 20261124;
  private static final String[] OUTPUTS = {
    "files", "prometheus-rule", "thanos", "mimir", "victoriametrics"
  };

  @TempDir Path directory;

  @Test
  void nothing_hostile_makes_a_broken_file() throws Exception {
    Oracle oracle = Oracle.orSkip();
    Random random = new Random(SEED);
    int rounds = Integer.getInteger("tidemark.fuzz.rounds", 300);
    int accepted = 0;
    List<String> rules = new ArrayList<>();
    List<String> tests = new ArrayList<>();
    List<String> configs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      String spec = spec(random);
      SortedMap<String, byte[]> files;
      try {
        files = Oracle.files(spec);
      } catch (ProblemsException e) {
        assertThat(e.problems()).isNotEmpty();
        assertThat(e.problems()).allSatisfy(p -> assertThat(p.message()).hasSizeLessThan(3000));
        continue;
      }
      accepted++;
      SortedMap<String, byte[]> there = new TreeMap<>();
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        String path = "r" + round + "/" + file.getKey();
        if (file.getKey().endsWith(".yml")) {
          assertThat(yaml(file.getValue())).as("round %d: %s\n%s", round, path, spec).isNotNull();
        }
        there.put(path, file.getValue());
        if (file.getKey().startsWith("rules/")) {
          rules.add(path);
        } else if (file.getKey().endsWith("-Own_test.yml")) {
          tests.add(path);
        } else if (file.getKey().startsWith("alertmanager/")) {
          configs.add(path);
        }
      }
      oracle.write(there, directory);
    }
    assertThat(accepted).as("seed %d: specs that made files", SEED).isGreaterThan(rounds / 8);
    oracle.acceptsAll(rules, tests, configs, directory);
    System.err.println("HostileKeysTest: " + rounds + " specifications, " + accepted + " accepted");
  }

  private static Object yaml(byte[] file) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(10_000_000);
    return new Yaml(new SafeConstructor(options)).load(new String(file, UTF_8));
  }

  /** One or two values are hostile, so that not all are refused for another. */
  private static String spec(Random random) {
    int a = random.nextInt(22);
    int b = random.nextInt(22);
    @Nullable String[] v = new @Nullable String[22];
    for (int i = 0; i < v.length; i++) {
      v[i] = i == a || i == b ? HostileSpecTest.yaml(HostileSpecTest.text(random)) : null;
    }
    return """
        apiVersion: tidemark/v1
        target: {output: %s, engine: %s}
        defaults: {runbook: %s}
        routing: {groupBy: [%s]}
        teams: [{name: pay, receiver: hook, mute: [%s], alertBudget: {warning: %s}}]
        receivers:
          - name: hook
            webhook:
              url: "http://localhost:1/x"
              httpConfig:
                basicAuth: {username: %s, passwordFile: %s}
                tlsConfig: {serverName: %s}
        timeIntervals:
          - {name: %s, timeIntervals: [{weekdays: [%s], months: [%s], location: %s}]}
        services:
          - name: api
            team: pay
            selector: {namespace: n, pod: %s}
            requests: %s
            fleet: {replicas: 3}
            alerts:
              - use: goroutine-leak
                labels: {%s: x}
              - name: Own
                expr: 'up{job="a"} == 0'
                annotations: {%s: y}
                tests:
                  - name: %s
                    series: [{series: %s, values: %s}]
                    looks: [{at: 5m, firing: []}]
        kubernetes: {namespace: %s, labels: {release: %s}}
        """
        .formatted(
            OUTPUTS[random.nextInt(OUTPUTS.length)],
            random.nextInt(4) == 0 ? "promql" : "exporter",
            or(v[0], "https://r/{alert}"),
            or(v[1], "alertname"),
            or(v[2] != null ? v[2] : v[9], "nights"),
            or(v[3], "5/week"),
            or(v[4], "am"),
            or(v[5], "/etc/alertmanager/secrets/a/b"),
            or(v[6], "host"),
            or(v[9], "nights"),
            or(v[10], "monday:friday"),
            or(v[11], "may"),
            or(v[12], "UTC"),
            or(v[13], "p"),
            or(v[14], "sum(rate(x[5m]))"),
            or(v[15], "own"),
            or(v[16], "note"),
            or(v[17], "a test"),
            v[18] == null ? "'up{job=\"b\"}'" : HostileSpecTest.yaml("up{job=" + v[18] + "}"),
            or(v[19], "1x5"),
            or(v[20], "monitoring"),
            or(v[21], "prometheus"));
  }

  private static String or(@Nullable String hostile, String otherwise) {
    return hostile == null ? "\"" + otherwise + "\"" : hostile;
  }
}
