package dev.tidemark.webhook.page;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an alert is about, in one short line. */
final class TargetName {
  private TargetName() {}

  /** {@code cluster/namespace/pod/container} where there is a pod, else job and instance. */
  static String of(Map<String, String> labels) {
    Stream<String> names =
        labels.getOrDefault("pod", "").isEmpty()
            ? Stream.of("cluster", "namespace", "job", "instance")
            : Stream.of("cluster", "namespace", "pod", "container");
    return names
        .map(name -> labels.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .collect(Collectors.joining("/"));
  }
}
