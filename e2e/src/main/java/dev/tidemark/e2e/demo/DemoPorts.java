package dev.tidemark.e2e.demo;

import dev.tidemark.e2e.process.Ports;
import java.io.IOException;
import java.util.Map;

/** The loopback ports of one run, chosen before anything starts: the history's labels hold them. */
record DemoPorts(
    int prometheus,
    int alertmanager,
    int exporter,
    int webhook,
    int supervisor,
    int catalog,
    int search,
    int orders) {

  static DemoPorts choose() throws IOException {
    Ports free = new Ports();
    return new DemoPorts(
        free.next(),
        free.next(),
        free.next(),
        free.next(),
        free.next(),
        free.next(),
        free.next(),
        free.next());
  }

  /** By the names the files of e2e/demo use. */
  Map<String, String> names() {
    return Map.of(
        "PROMETHEUS_PORT", Integer.toString(prometheus),
        "ALERTMANAGER_PORT", Integer.toString(alertmanager),
        "EXPORTER_PORT", Integer.toString(exporter),
        "WEBHOOK_PORT", Integer.toString(webhook),
        "SUPERVISOR_PORT", Integer.toString(supervisor),
        "CATALOG_PORT", Integer.toString(catalog),
        "SEARCH_PORT", Integer.toString(search),
        "ORDERS_PORT", Integer.toString(orders));
  }
}
