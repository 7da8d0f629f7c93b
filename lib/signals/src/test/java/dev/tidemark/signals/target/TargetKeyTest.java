package dev.tidemark.signals.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
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
    assertThat(TargetKey.of(Map.of("job", "api", "instance", "h:1", "zone", "z")).orElseThrow())
        .isEqualTo(new TargetKey(new TreeMap<>(Map.of("job", "api", "instance", "h:1"))));
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
  void is_a_copy_that_nobody_can_change() {
    TreeMap<String, String> labels = new TreeMap<>(Map.of("job", "api"));
    TargetKey key = new TargetKey(labels);
    labels.put("job", "other");
    assertThat(key.labels()).containsEntry("job", "api");
    assertThatThrownBy(() -> key.labels().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> new TargetKey(new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
