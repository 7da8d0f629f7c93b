package dev.tidemark.rules;

import static dev.tidemark.rules.FakePrometheus.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.toolkit.launch.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verb that asks a server what there is, and what it writes. */
class InitTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  @TempDir Path folder = Path.of("");

  private static final Map<String, String> POD =
      Map.of(
          "namespace", "pay", "job", "pay/api", "pod", "api-6d4cf56db6-abcde", "container", "api");
  private static final Map<String, String> PROCESS = Map.of("job", "checkout", "instance", "a:1");

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

  /** A pod with kube-state-metrics and cAdvisor, and a process with client_golang alone. */
  private static String fleet(Map<String, String> form) {
    String query = form.getOrDefault("query", "");
    if (query.startsWith("group by")) {
      return "[" + row(POD, 1) + "," + row(PROCESS, 1) + "]";
    }
    if (query.startsWith("min by") && query.contains("kube_pod_container_resource_limits")) {
      return "[" + row(POD, 536870912) + "]";
    }
    if (query.contains("kube_pod_owner")) {
      return "["
          + row(
              Map.of(
                  "namespace", "pay",
                  "pod", "api-6d4cf56db6-abcde",
                  "owner_kind", "ReplicaSet",
                  "owner_name", "api-6d4cf56db6"),
              1)
          + "]";
    }
    if (query.startsWith("quantile")) {
      return "[" + row(Map.of(), 39) + "]";
    }
    if (query.matches("count by .*\\((go_goroutines|go_memstats_heap_alloc_bytes)\\)")) {
      return "["
          + row(Map.of("namespace", "pay", "job", "pay/api"), 1)
          + ","
          + row(Map.of("job", "checkout"), 1)
          + "]";
    }
    if (query.matches(
        "count by .*\\((container_memory_working_set_bytes|kube_pod_container_resource_limits)\\)")) {
      return "[" + row(Map.of("namespace", "pay"), 1) + "]";
    }
    return "[]";
  }

  private int init(Function<Map<String, String>, String> answers, String... more) throws Exception {
    return init("2.53.1", answers, more);
  }

  private int init(String version, Function<Map<String, String>, String> answers, String... more)
      throws Exception {
    try (FakePrometheus server = new FakePrometheus(version, answers)) {
      String[] arguments = new String[more.length + 3];
      arguments[0] = "init";
      arguments[1] = "--prometheus";
      arguments[2] = server.url();
      System.arraycopy(more, 0, arguments, 3, more.length);
      return Cli.run(new Main(), arguments);
    }
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writes_a_specification_that_validate_accepts() throws Exception {
    Path file = folder.resolve("fleet.yaml");
    assertThat(init(InitTest::fleet, "--out", file.toString())).as(errors()).isZero();
    assertThat(file)
        .content()
        .isEqualTo(
            """
            # A first specification, of what was found. Teams, the receiver and runbooks are yours to put right.
            apiVersion: tidemark/v1
            target: {prometheus: '2.53', engine: promql}
            # engine: exporter has far fewer false alarms; it needs Tidemark's exporter, which is not scraped
            defaults:
              scrapeInterval: 15s
              # a placeholder: where people find what to do; generate writes the first of each to
              # runbooks/, to be put there
              runbook: 'https://runbooks.example/{alert}'
            teams:
              - {name: 'first', receiver: placeholder}
            receivers:
              # a placeholder: put the address of whoever is to be told in its place; where that is
              # Tidemark's webhook, name who is woken by critical alerts as pages of the team
              - {name: placeholder, webhook: {url: 'http://localhost:9478/api/v1/alertmanager'}}
            services:
              - name: 'checkout'
                team: 'first'
                selector: {job: 'checkout'}
                fleet: {replicas: 1}
                alerts:
                  - {use: goroutine-leak}
                  - {use: heap-leak}
              # Deployment api
              - name: 'api'
                team: 'first'
                selector: {job: 'pay/api', namespace: 'pay'}
                fleet: {replicas: 1}
                memoryLimit: 512Mi
                alerts:
                  - {use: goroutine-leak}
                  - {use: heap-leak}
                  - {use: memory-near-limit}
            """);
    assertThat(text())
        .contains("api  {job=\"pay/api\", namespace=\"pay\"}, 1 target, memory limit 512Mi\n")
        .contains("judged exactly: goroutines,")
        .contains("heap_live (estimated from what is allocated, garbage included)")
        .contains(
            "    collectors.NewGoCollector(collectors.WithGoCollectorRuntimeMetrics(collectors.MetricsGC,")
        .endsWith(
            "2 services written to "
                + file
                + "; the receiver and the address of runbooks are placeholders\n"
                + "next: put them right, then tidemark rules generate --spec "
                + file
                + " --out DIR, which says how servers load it\n");
    assertThat(text().substring(0, text().indexOf("api  {")))
        .as("what is to be done is said once, with all that it is for")
        .containsOnlyOnce("a newer client_golang, or one that is not told to leave it out\n")
        .contains("  heap_inuse, rss, open_fds_ratio, stack_inuse, ")
        .contains(": needs go_memstats_heap_inuse_bytes, process_resident_memory_bytes, ");
    assertThat(text().substring(0, text().indexOf("api  {"))).doesNotContain("cpu_throttled");
    assertThat(Cli.run(new Main(), "validate", "--spec", file.toString())).isZero();
    out.reset();
    assertThat(Cli.run(new Main(), "lint", "--spec", file.toString())).isZero();
    assertThat(text()).endsWith(" rules, nothing found\n");
    assertThat(init(InitTest::fleet, "--out", file.toString())).isEqualTo(2);
    assertThat(errors()).contains("is there already");
  }

  @Test
  void what_is_printed_can_be_piped_and_json_holds_all() throws Exception {
    assertThat(init(InitTest::fleet)).isZero();
    assertThat(text()).startsWith("# A first").endsWith("- {use: memory-near-limit}\n");
    assertThat(errors()).contains("not judged: ");
    out.reset();
    assertThat(init("", InitTest::fleet, "--format=json", "--team=Nobody here")).isEqualTo(1);
    assertThat(errors()).contains("needs lower-case letters");
    assertThat(text()).startsWith("{\"problems\":[{").contains("needs lower-case letters");
    out.reset();
    assertThat(init("", InitTest::fleet, "--format=json")).isZero();
    assertThat(text())
        .startsWith("{\"services\":[{\"name\":\"checkout\",\"selector\":{\"job\":\"checkout\"}")
        .contains("\"memoryLimit\":\"512Mi\"")
        .contains("\"notes\":[\"the server does not say its release")
        .contains("target: {prometheus: '2.42'");
  }

  @Test
  void the_scrape_interval_is_what_the_server_says_of_go_targets() throws Exception {
    try (FakePrometheus server = new FakePrometheus("2.53.1", InitTest::fleet)) {
      Map<String, String> pod = Map.of("job", "pay/api");
      server.scrapes(
          Map.of(
              pod,
              "5s",
              PROCESS,
              "5s",
              Map.of("job", "node", "instance", "a:9100"),
              "1m",
              Map.of("job", "node", "instance", "b:9100"),
              "1m",
              Map.of("job", "node", "instance", "c:9100"),
              "1m"));
      assertThat(Cli.run(new Main(), "init", "--prometheus", server.url())).isZero();
      assertThat(text()).contains("scrapeInterval: 5s");
      assertThat(errors()).doesNotContain("note: ");
      out.reset();
      server.scrapes(Map.of(pod, "1m30s", PROCESS, "15s"));
      assertThat(Cli.run(new Main(), "init", "--prometheus", server.url())).isZero();
      assertThat(text()).contains("scrapeInterval: 1m30s");
      assertThat(errors()).contains("scraped every 15s (1), every 1m30s (1): what most have");
    }
  }

  @Test
  void where_the_server_does_not_say_it_the_samples_do_and_that_is_told() throws Exception {
    assertThat(init(InitTest::fleet)).isZero();
    assertThat(text()).contains("scrapeInterval: 15s");
    assertThat(errors())
        .contains("note: the server does not say how often it scrapes these targets:")
        .contains("15s by the samples of 10m");
    // of a server that runs for five minutes the last ten say nothing
    assertThat(
            init(
                form ->
                    form.getOrDefault("query", "").contains("[2m]")
                        ? "[" + row(Map.of(), 24) + "]"
                        : form.getOrDefault("query", "").contains("[10m]") ? "[]" : fleet(form)))
        .isZero();
    assertThat(text()).contains("scrapeInterval: 5s");
  }

  @Test
  void names_and_labels_from_elsewhere_break_nothing() throws Exception {
    String hostile = "A \\\"b\\\"\\n# c: {{ $x }} 'd' ..\\u202e/é";
    String rows =
        "["
            + String.join(
                ",",
                List.of(
                    row(Map.of("job", hostile, "instance", "i"), 1),
                    row(Map.of("job", hostile, "namespace", "n", "pod", hostile), 1),
                    row(Map.of("job", hostile, "namespace", "m", "pod", "p"), 1),
                    row(Map.of("job", "\\ufffd", "instance", "i"), 1),
                    row(Map.of("job", "x".repeat(2000), "instance", "i"), 1),
                    row(Map.of("instance", "i"), 1)))
            + "]";
    assertThat(
            init(
                form -> form.getOrDefault("query", "").startsWith("group by") ? rows : "[]",
                "--format=json"))
        .as(errors())
        .isZero();
    assertThat(text())
        .contains("no rule can hold this")
        .contains("neither job nor namespace")
        .contains("\"name\":\"a-b-c-x-d\"");
  }

  @Test
  void says_where_there_is_nothing_and_where_nobody_answers() throws Exception {
    assertThat(init(form -> "[]")).isEqualTo(1);
    assertThat(errors()).contains("no Go service: the server had no go_info");
    assertThat(init(form -> "!too many samples")).isEqualTo(3);
    assertThat(errors()).contains("too many samples");
    assertThat(Cli.run(new Main(), "init")).isEqualTo(2);
    assertThat(Cli.run(new Main(), "init", "--prometheus=http://127.0.0.1:1")).isEqualTo(3);
  }

  @Test
  @Timeout(60)
  void what_was_there_within_the_hour_is_told_in_full() throws Exception {
    long now = Instant.now().getEpochSecond() / 60 * 60;
    StringBuilder history = new StringBuilder();
    List<String> targets =
        List.of(
            "namespace=\"pay\",pod=\"api-6d4cf56db6-bcdfg\",container=\"api\",job=\"api\"",
            "job=\"checkout\",instance=\"a:1\"",
            "job=\"checkout\",instance=\"b:1\"",
            "job=\"checkout\",instance=\"c:1\"");
    for (String metric : List.of("go_info", "go_goroutines")) {
      history.append("# TYPE ").append(metric).append(" gauge\n");
      for (String target : targets) {
        for (long at = now - 3000; at <= now - 720; at += 60) {
          // a scrape every minute, some of which failed
          if (at % 420 != 0) {
            history.append("%s{%s} 1 %d%n".formatted(metric, target, at));
          }
        }
      }
    }
    String pod = "namespace=\"pay\",pod=\"api-6d4cf56db6-bcdfg\"";
    history.append("# TYPE kube_pod_container_resource_limits gauge\n");
    for (long at = now - 3000; at <= now - 720; at += 60) {
      history.append(
          "kube_pod_container_resource_limits{%s,container=\"api\",resource=\"memory\"} 268435456 %d%n"
              .formatted(pod, at));
    }
    history.append("# TYPE kube_pod_owner gauge\n");
    for (long at = now - 3000; at <= now - 720; at += 60) {
      history.append(
          "kube_pod_owner{%s,owner_kind=\"StatefulSet\",owner_name=\"api\",owner_is_controller=\"true\"} 1 %d%n"
              .formatted(pod, at));
    }
    try (RealPrometheus server = RealPrometheus.orSkip(folder.resolve("p"), history.toString())) {
      assertThat(Cli.run(new Main(), "init", "--prometheus", server.url())).as(errors()).isZero();
      assertThat(text())
          .contains("  scrapeInterval: 1m\n")
          .contains("selector: {job: 'checkout'}\n    fleet: {replicas: 3}")
          .contains("  # StatefulSet api\n")
          .contains("memoryLimit: 256Mi\n");
      assertThat(errors()).contains("namespace=\"pay\"}, 1 target, memory limit 256Mi\n");
    }
  }

  @Test
  void targets_that_were_given_other_labels_are_one_service() throws Exception {
    Map<String, String> before = Map.of("job", "a", "instance", "i:1");
    Map<String, String> now =
        Map.of("job", "a", "instance", "i:1", "namespace", "n", "pod", "a-0", "container", "a");
    Map<String, String> gone = Map.of("job", "b", "instance", "i:1");
    String rows = "[" + row(before, 1) + "," + row(now, 1) + "," + row(gone, 1) + "]";
    assertThat(
            init(
                form -> {
                  String query = form.getOrDefault("query", "");
                  return !query.startsWith("group by")
                      ? "[]"
                      : query.contains("last_over_time") ? rows : "[" + row(now, 1) + "]";
                }))
        .as(errors())
        .isZero();
    assertThat(errors()).contains("left out, its targets have other labels now: {job=a}\n");
    assertThat(text())
        .contains("selector: {job: 'a', namespace: 'n'}")
        .contains("selector: {job: 'b'}")
        .doesNotContain("selector: {job: 'a'}");
  }

  @Test
  @Timeout(60)
  void one_that_ended_is_not_taken_for_another_that_lived_beside_it() throws Exception {
    long now = Instant.now().getEpochSecond() / 60 * 60;
    StringBuilder history = new StringBuilder("# TYPE go_info gauge\n");
    scrapes(history, "cluster=\"a\",job=\"api\",instance=\"api:8080\"", now - 3000, now - 900);
    scrapes(history, "cluster=\"b\",job=\"api\",instance=\"api:8080\"", now - 3000, now - 60);
    scrapes(history, "cluster=\"a\",job=\"web\",instance=\"web:8080\"", now - 3000, now - 900);
    scrapes(history, "cluster=\"c\",job=\"web\",instance=\"web:8080\"", now - 840, now - 60);
    // beside one that lived all the time there is one that took its place
    scrapes(history, "cluster=\"a\",job=\"two\",instance=\"two:8080\"", now - 3000, now - 900);
    scrapes(history, "cluster=\"b\",job=\"two\",instance=\"two:8080\"", now - 3000, now - 60);
    scrapes(history, "cluster=\"c\",job=\"two\",instance=\"two:8080\"", now - 600, now - 60);
    try (RealPrometheus server = RealPrometheus.orSkip(folder.resolve("p"), history.toString())) {
      assertThat(Cli.run(new Main(), "init", "--prometheus", server.url())).as(errors()).isZero();
      assertThat(text())
          .contains("selector: {cluster: 'a', job: 'api'}", "selector: {cluster: 'b', job: 'api'}")
          .contains("selector: {cluster: 'c', job: 'web'}")
          .contains("selector: {cluster: 'b', job: 'two'}", "selector: {cluster: 'c', job: 'two'}");
      assertThat(errors())
          .contains("left out, its targets have other labels now: {cluster=a, job=web}\n")
          .contains("left out, its targets have other labels now: {cluster=a, job=two}\n")
          .doesNotContain("other labels now: {cluster=a, job=api}");
    }
  }

  private static void scrapes(StringBuilder history, String target, long from, long to) {
    for (long at = from; at <= to; at += 60) {
      history.append("go_info{%s} 1 %d%n".formatted(target, at));
    }
  }

  @Test
  void what_is_true_of_several_services_says_so() throws Exception {
    String rows =
        "["
            + row(Map.of("job", "a", "instance", "i"), 1)
            + ","
            + row(Map.of("job", "b", "instance", "i"), 1)
            + "]";
    assertThat(init(f -> f.getOrDefault("query", "").startsWith("group by") ? rows : "[]"))
        .as(errors())
        .isZero();
    assertThat(errors())
        .contains(
            "a  {job=\"a\"}, 1 target\nb  {job=\"b\"}, 1 target\n  of both:\n    not judged: ")
        .doesNotContain("\n  not judged");
  }

  @Test
  @Timeout(60)
  void a_real_server_is_asked_for_pods_and_processes() throws Exception {
    long now = Instant.now().getEpochSecond();
    StringBuilder history = new StringBuilder();
    for (String metric : List.of("go_info", "go_goroutines", "go_gc_gogc_percent")) {
      history.append("# TYPE ").append(metric).append(" gauge\n");
      for (String target :
          List.of(
              "namespace=\"pay\",pod=\"api-6d4cf56db6-bcdfg\",container=\"api\",job=\"api\"",
              "namespace=\"pay\",pod=\"api-6d4cf56db6-fghjk\",container=\"api\",job=\"api\"",
              "job=\"checkout\",instance=\"a:1\"",
              "job=\"down\",instance=\"d:1\"")) {
        long end = target.contains("down") ? now - 1200 : now;
        for (long at = now - 1800; at <= end; at += 15) {
          history.append("%s{%s} 1 %d%n".formatted(metric, target, at));
        }
      }
    }
    history.append("# TYPE kube_pod_container_resource_limits gauge\n");
    for (long at = now - 600; at <= now; at += 30) {
      history.append(
          "kube_pod_container_resource_limits{namespace=\"pay\",pod=\"api-6d4cf56db6-bcdfg\",container=\"api\",resource=\"memory\"} 268435456 %d%n"
              .formatted(at));
    }
    try (RealPrometheus server = RealPrometheus.orSkip(folder.resolve("p"), history.toString())) {
      Path file = folder.resolve("real.yaml");
      assertThat(
              Cli.run(new Main(), "init", "--prometheus", server.url(), "--out", file.toString()))
          .as(errors())
          .isZero();
      assertThat(file)
          .content()
          .contains("selector: {job: 'api', namespace: 'pay'}\n    fleet: {replicas: 2}")
          .contains("memoryLimit: 256Mi\n")
          .contains("# api\n  - name: 'api'\n")
          .contains("scrapeInterval: 15s")
          .contains("selector: {job: 'checkout'}\n    fleet: {replicas: 1}\n    alerts:\n")
          .contains(
              "selector: {job: 'down'}\n    fleet: {replicas: 1}\n    alerts:\n      - {use: goroutine-leak}");
      assertThat(Cli.run(new Main(), "validate", "--spec", file.toString())).isZero();
    }
  }
}
