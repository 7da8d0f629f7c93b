package dev.tidemark.signals.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadResolverTest {
  @ParameterizedTest(name = "pod {0} of {1} {2} belongs to {3} {4}")
  @CsvSource({
    "payments-7d4b9c6f58-x2x4z, ReplicaSet,  payments-7d4b9c6f58, DEPLOYMENT,   payments",
    "web-66bc7,                 ReplicaSet,  web,                 REPLICA_SET,  web",
    "my-db-x2x4z,               ReplicaSet,  my-db,               REPLICA_SET,  my-db",
    "ledger-0,                  StatefulSet, ledger,              STATEFUL_SET, ledger",
    "agent-x2x4z,               DaemonSet,   agent,               DAEMON_SET,   agent",
    "report-29388480-x2x4z,     Job,         report-29388480,     CRON_JOB,     report",
    "migrate-v2-x2x4z,          Job,         migrate-v2,          JOB,          migrate-v2",
    "kube-proxy-a7,             Node,        a7,                  NODE,         kube-proxy",
    "etcd,                      Node,        a7,                  NODE,         etcd",
    "pg-1,                      Cluster,     pg,                  OTHER,        pg",
  })
  void the_owner_decides(String pod, String kind, String owner, String expected, String name) {
    WorkloadResolver resolver = WorkloadResolver.fromOwners(List.of(row("pay", pod, kind, owner)));
    assertThat(resolver.resolve(Map.of("namespace", "pay", "pod", pod)))
        .contains(new Workload("", "pay", Workload.Kind.valueOf(expected), name));
  }

  @ParameterizedTest(name = "{0} is a pod of {1}")
  @CsvSource({
    "payments-7d4b9c6f58-x2x4z,     payments",
    "payments-api-7d4b9c6f58-x2x4z, payments-api",
    "agent-x2x4z,                   agent",
    "ledger-0,                      ledger",
    "ledger-12,                     ledger",
    "report-29388480-x2x4z,         report",
    "plain,                         plain",
    "two-words,                     two-words",
    "web-cache,                     web-cache",
    "-x2x4z,                        -x2x4z",
    "a\"b\\c,                       a\"b\\c",
  })
  void else_the_pod_name_without_hash_or_ordinal(String pod, String name) {
    assertThat(WorkloadResolver.byNames().resolve(Map.of("pod", pod)))
        .contains(new Workload("", "", Workload.Kind.POD_NAME, name));
  }

  @Test
  void else_the_job_and_last_the_instance() {
    WorkloadResolver resolver = WorkloadResolver.byNames();
    assertThat(resolver.resolve(Map.of("job", "api", "instance", "h:1", "cluster", "c")))
        .contains(new Workload("c", "", Workload.Kind.SCRAPE_JOB, "api"));
    assertThat(resolver.resolve(Map.of("instance", "h:1")))
        .contains(new Workload("", "", Workload.Kind.SCRAPE_JOB, "h:1"));
    assertThat(resolver.resolve(Map.of())).isEmpty();
  }

  @Test
  void a_pod_of_the_same_name_elsewhere_keeps_its_own_owner() {
    WorkloadResolver resolver =
        WorkloadResolver.fromOwners(
            List.of(row("pay", "a-0", "StatefulSet", "a"), row("shop", "a-0", "StatefulSet", "b")));
    assertThat(name(resolver, "pay", "a-0")).isEqualTo("a");
    assertThat(name(resolver, "shop", "a-0")).isEqualTo("b");
    assertThat(name(resolver, "other", "web-0")).isEqualTo("web");
  }

  @Test
  void bare_pods_and_rows_without_labels_are_passed_over() {
    WorkloadResolver resolver =
        WorkloadResolver.fromOwners(
            List.of(Map.of(), row("pay", "web-0", "<none>", "<none>"), Map.of("pod", "x")));
    assertThat(name(resolver, "pay", "web-0")).isEqualTo("web");
  }

  @Test
  void the_order_of_conflicting_rows_is_no_matter() {
    long seed = 20261121;
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(row("pay", "p-0", "StatefulSet", "owner-" + i));
    }
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(rows, random);
      assertThat(name(WorkloadResolver.fromOwners(rows), "pay", "p-0"))
          .as("seed %d round %d", seed, i)
          .isEqualTo("owner-0");
    }
  }

  @Test
  void a_user_can_name_the_labels_that_make_a_workload() {
    Map<String, String> labels = Map.of("app", "pay", "tier", "api", "pod", "x", "namespace", "n");
    assertThat(WorkloadResolver.byLabels(labels, List.of("app", "absent", "tier")))
        .contains(new Workload("", "n", Workload.Kind.LABELS, "pay/api"));
    assertThat(WorkloadResolver.byLabels(labels, List.of("absent"))).isEmpty();
  }

  private static String name(WorkloadResolver resolver, String namespace, String pod) {
    return resolver.resolve(Map.of("namespace", namespace, "pod", pod)).orElseThrow().name();
  }

  private static Map<String, String> row(String namespace, String pod, String kind, String owner) {
    return Map.of("namespace", namespace, "pod", pod, "owner_kind", kind, "owner_name", owner);
  }
}
