package dev.tidemark.e2e.bench;

/** A specification of many services with six alerts of the catalogue each. */
final class RulesFleet {
  private static final int TEAMS = 20;
  private static final int NAMESPACES = 50;
  static final int ALERTS = 6;

  private RulesFleet() {}

  /**
   * @param engine {@code exporter} or {@code promql}
   */
  static String spec(int services, String engine) {
    StringBuilder spec = new StringBuilder(400 * services + 2000);
    spec.append(
        """
        apiVersion: tidemark/v1
        target: {prometheus: "2.42", alertmanager: "0.25", engine: %s}
        receivers:
          - {name: tidemark, webhook: {url: "http://localhost:9478/api/v1/alertmanager"}}
        teams:
        """
            .formatted(engine));
    for (int i = 0; i < TEAMS; i++) {
      spec.append("  - {name: team%d, receiver: tidemark}\n".formatted(i));
    }
    spec.append("services:\n");
    for (int i = 0; i < services; i++) {
      spec.append(
          """
            - name: service%d
              team: team%d
              selector: {namespace: ns%d, job: service%d}
              memoryLimit: 512Mi
              alerts:
                - {use: goroutine-leak}
                - {use: heap-leak}
                - {use: memory-near-limit}
                - {use: gc-thrash}
                - {use: fds-near-limit}
                - {use: restart-loop}
          """
              .formatted(i, i % TEAMS, i % NAMESPACES, i));
    }
    return spec.toString();
  }
}
