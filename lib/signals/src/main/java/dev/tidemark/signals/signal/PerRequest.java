package dev.tidemark.signals.signal;

import java.util.List;

/**
 * What there is only where a user tells how many requests there are: goroutines, and bytes
 * allocated, over requests a second. Both follow load; over it they should stand still.
 */
final class PerRequest {
  private final String requests;

  /**
   * @param requests PromQL of requests a second; rows carry the labels of a target, or at least
   *     those of its pod
   * @param replicas labels that tell copies of a row apart, which must not be added up
   */
  PerRequest(String requests, List<String> replicas) {
    String rows = "(" + requests + (requests.contains("#") ? "\n)" : ")");
    this.requests =
        replicas.isEmpty() ? rows : "max without (" + String.join(", ", replicas) + ") " + rows;
  }

  List<Signal> of(Catalogue catalogue) {
    return List.of(
        over(
            base(catalogue, "goroutines"),
            "goroutines_per_request",
            "Goroutines per request",
            1,
            "Goroutines over requests a second. A rise at the same load means that requests take"
                + " longer or leave goroutines behind."),
        over(
            base(catalogue, "alloc_rate"),
            "alloc_per_request",
            "Allocation per request",
            4096,
            "Bytes allocated for each request. A rise after a deploy is a regression, whatever the"
                + " load."));
  }

  private static Signal base(Catalogue catalogue, String id) {
    return catalogue.find(id).orElseThrow(() -> new IllegalStateException(id + " is missing"));
  }

  private Signal over(Signal base, String id, String title, double smallestBand, String text) {
    return new Signal(
        id,
        title,
        base.unit(),
        Kind.GAUGE,
        Side.HIGH,
        Reduce.MEDIAN,
        smallestBand,
        divided(base.expr()),
        null,
        base.needs(),
        base.ways(),
        true,
        text);
  }

  /**
   * By the target where the rows of requests carry it, else by the pod. Rows without a pod are kept
   * out of the second: all targets that have none would share them.
   */
  private String divided(String value) {
    return """
        (%1$s) / on ($target) (sum by ($target) (%2$s) > 0)
        or (%1$s) / on (cluster, namespace, pod) group_left ()
        (sum by (cluster, namespace, pod) (%2$s) > 0 unless on (pod) vector(0))"""
        .formatted(value, requests);
  }
}
