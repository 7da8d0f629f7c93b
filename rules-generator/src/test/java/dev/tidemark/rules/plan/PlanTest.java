package dev.tidemark.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tidemark.rules.Oracle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a change of the example fleet is told as. */
class PlanTest {
  static Stream<Arguments> changes() {
    return Stream.of(
        arguments(
            "{use: memory-near-limit, with: {above: 0.9}}",
            "{use: memory-near-limit, with: {above: 0.85}, for: 5m}",
            List.of("~ alert payments/GoMemoryNearLimit: threshold 0.9 -> 0.85, for 10m -> 5m")),
        arguments(
            "      - {use: heap-leak, severity: warning, for: 15m, keepFiringFor: 10m}\n",
            "",
            List.of("- alert payments/GoHeapLeak: severity warning, for 15m")),
        arguments(
            "{use: heap-leak, severity: warning,",
            "{use: heap-leak, severity: critical,",
            List.of("~ alert payments/GoHeapLeak: severity warning -> critical")),
        arguments(
            "groupInterval: 1m",
            "groupInterval: 30s",
            List.of(
                "~ group pay/ledger: every 1m -> 30s",
                "~ group pay/payments: every 1m -> 30s",
                "~ group pay/watchdog: every 1m -> 30s",
                "~ group platform/alertmanager: every 1m -> 30s",
                "~ group platform/nodes: every 1m -> 30s",
                "~ group platform/tidemark-webhook: every 1m -> 30s",
                "~ group platform/tidemark: every 1m -> 30s",
                "~ group shop/checkout: every 1m -> 30s")),
        arguments(
            "  - name: checkout\n    team: shop",
            "  - name: checkout\n    group: {interval: 20s, limit: 9}\n    team: shop",
            List.of("~ group shop/checkout: every 1m -> 20s, limit none -> 9")),
        arguments(
            "  - name: ledger\n    team: pay\n",
            "  - name: ledger\n    team: shop\n",
            List.of("~ service ledger: moves from team pay to shop")),
        arguments(
            "deriv(queue_depth{job=\"checkout\"}[30m]) > 0",
            "deriv(queue_depth{job=\"checkout\"}[1h])  >  0",
            List.of("~ alert checkout/CheckoutQueueStuck: range of queue_depth 30m -> 1h")),
        arguments(
            "deriv(queue_depth{job=\"checkout\"}[30m]) > 0",
            "(deriv(queue_depth{job=\"checkout\"}[30m])) > 0",
            List.of()),
        arguments(
            "deriv(queue_depth{job=\"checkout\"}[30m]) > 0",
            "queue_depth{job=\"checkout\"} > 100",
            List.of(
                "~ alert checkout/CheckoutQueueStuck: expression"
                    + " deriv(queue_depth{job=\"checkout\"}[30m]) > 0 ->"
                    + " queue_depth{job=\"checkout\"} > 100")),
        arguments(
            "{name: shop, receiver: tidemark,",
            "{name: shop, receiver: platform-oncall,",
            List.of("~ route team=\"shop\": receiver tidemark -> platform-oncall")),
        arguments(
            "repeatInterval: 3h",
            "repeatInterval: 4h",
            List.of("~ route all alerts: repeat_interval 3h -> 4h")),
        arguments(
            "http://localhost:8080/page",
            "http://localhost:8081/page",
            List.of("~ receiver platform-oncall: another webhook_configs")),
        arguments(
            "equal: [alertname, namespace, pod, instance]",
            "equal: [alertname, namespace]",
            List.of(
                "+ inhibition severity=\"critical\" silences severity=\"warning\" of equal"
                    + " alertname, namespace",
                "- inhibition severity=\"critical\" silences severity=\"warning\" of equal"
                    + " alertname, namespace, pod, instance")),
        arguments(
            "The queue of",
            "The long queue of",
            List.of("~ alert checkout/CheckoutQueueStuck: another summary")));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("changes")
  void tells_in_words(String from, String to, List<String> told) throws Exception {
    String spec = Files.readString(Path.of("examples/fleet.yaml"));
    assertThat(spec).contains(from);
    Map<String, byte[]> before = Oracle.files(spec);
    Map<String, byte[]> after = Oracle.files(spec.replace(from, to));
    List<Change> changes = Plan.between(before, after);
    assertThat(changes)
        .filteredOn(change -> !change.what().equals("file"))
        .extracting(Change::text)
        .containsExactlyElementsOf(told);
  }

  @Test
  void all_is_new_in_an_empty_folder_and_nothing_in_the_same() throws Exception {
    Map<String, byte[]> files = Oracle.files(Files.readString(Path.of("examples/fleet.yaml")));
    assertThat(Plan.between(files, files)).isEmpty();
    assertThat(Plan.between(Map.of(), files))
        .allMatch(change -> change.kind() == Change.Kind.ADDED)
        .extracting(Change::what)
        .contains("alert", "route", "receiver", "inhibition");
    assertThat(Plan.between(files, Map.of()))
        .allMatch(change -> change.kind() == Change.Kind.REMOVED);
  }

  @Test
  void two_alerts_of_one_name_are_told_apart_by_severity() throws Exception {
    String spec = Files.readString(Path.of("examples/fleet.yaml"));
    List<Change> changes =
        Plan.between(
            Oracle.files(spec),
            Oracle.files(spec.replace("with: {above: 0.8}", "with: {above: 0.7}")));
    assertThat(changes)
        .extracting(Change::text)
        .contains("~ alert ledger/GoMemoryNearLimit (warning): threshold 0.8 -> 0.7");
  }

  @Test
  void what_somebody_broke_is_all_new() {
    byte[] broken = "groups: [".getBytes(StandardCharsets.UTF_8);
    byte[] now =
        "groups: [{name: a/b, rules: [{record: 'a:b', expr: c}]}]".getBytes(StandardCharsets.UTF_8);
    assertThat(Plan.between(Map.of("rules/a/b.yml", broken), Map.of("rules/a/b.yml", now)))
        .extracting(Change::text)
        .containsExactly("+ recording b/a:b");
  }
}
