package dev.tidemark.signals.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetKeyTest {
  @Test
  void the_pod_counts_and_the_scrape_job_does_not() {
    Map<String, String> go =
        Map.of("namespace", "pay", "pod", "a-1", "container", "app", "job", "pay", "instance", "i");
    Map<String, String> cadvisor =
        Map.of("namespace", "pay", "pod", "a-1", "container", "app", "job", "kubelet", "id", "/x");
    assertThat(TargetKey.of(go)).isEqualTo(TargetKey.of(cadvisor));
    assertThat(TargetKey.of(go).orElseThrow().labels())
        .isEqualTo(Map.of("namespace", "pay", "pod", "a-1", "container", "app"));
  }

  @Test
  void without_a_pod_job_and_instance_count() {
    Map<String, String> zoned = Map.of("job", "api", "instance", "h:1", "zone", "z");
    assertThat(TargetKey.of(zoned))
        .isEqualTo(TargetKey.of(Map.of("job", "api", "instance", "h:1")));
    assertThat(TargetKey.of(zoned)).isNotEqualTo(TargetKey.of(Map.of("job", "api")));
    assertThat(TargetKey.of(zoned).orElseThrow().labels())
        .isEqualTo(Map.of("job", "api", "instance", "h:1"));
  }

  @Test
  void the_cluster_is_part_of_either() {
    assertThat(TargetKey.of(Map.of("cluster", "c", "job", "api")).orElseThrow().labels())
        .containsEntry("cluster", "c");
    assertThat(TargetKey.of(Map.of("cluster", "c", "pod", "p")).orElseThrow().labels())
        .containsOnlyKeys("cluster", "pod");
  }

  @Test
  void empty_values_are_no_labels() {
    assertThat(TargetKey.of(Map.of("pod", "", "job", "api", "instance", "")).orElseThrow().labels())
        .containsOnlyKeys("job");
  }

  @Test
  void a_series_that_names_no_target_has_none() {
    assertThat(TargetKey.of(Map.of())).isEmpty();
    assertThat(TargetKey.of(Map.of("cluster", "c", "container", "app"))).isEmpty();
  }

  @Test
  void the_same_values_of_other_labels_are_another_target() {
    assertThat(TargetKey.of(Map.of("job", "x")))
        .isNotEqualTo(TargetKey.of(Map.of("instance", "x")));
    assertThat(TargetKey.of(Map.of("pod", "x", "container", "c")))
        .isNotEqualTo(TargetKey.of(Map.of("pod", "x", "namespace", "c")));
    assertThat(TargetKey.of(Map.of("pod", "x"))).isNotEqualTo(TargetKey.of(Map.of("job", "x")));
  }

  @Test
  void a_container_is_part_of_its_pod() {
    TargetKey pod = TargetKey.of(Map.of("namespace", "pay", "pod", "a-1")).orElseThrow();
    TargetKey app =
        TargetKey.of(Map.of("namespace", "pay", "pod", "a-1", "container", "app")).orElseThrow();
    TargetKey host = TargetKey.of(Map.of("job", "api")).orElseThrow();
    assertThat(app.pod()).isEqualTo(pod).isNotEqualTo(app);
    assertThat(pod.pod()).isEqualTo(pod);
    assertThat(host.pod()).isEqualTo(host);
    assertThat(pod.isPod()).isTrue();
    assertThat(app.isPod()).isFalse();
    assertThat(host.isPod()).isFalse();
  }

  @Test
  void its_labels_are_in_order_and_a_copy() {
    TargetKey key =
        TargetKey.of(Map.of("pod", "p", "namespace", "n", "cluster", "c")).orElseThrow();
    assertThat(key).hasToString("{cluster=c, namespace=n, pod=p}");
    key.labels().clear();
    assertThat(key.labels()).hasSize(3);
  }
}
