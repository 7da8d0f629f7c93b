package dev.tidemark.e2e.real;

import com.sun.net.httpserver.HttpServer;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Need;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a cluster would tell Prometheus, on one page: two pods of a Deployment and a plain process
 * with every metric that client_golang has when all of it is switched on, and what cAdvisor and
 * kube-state-metrics tell of the pods. One pod leaks goroutines. Values are made up, names are the
 * catalogue's; each is a function of the time since the start.
 */
final class ToldCluster implements AutoCloseable {
  static final String LEAKING = "api-6c8d9f7b5-x2k4q";
  private static final String HEALTHY = "api-6c8d9f7b5-z9w7m";
  private static final String PROCESS = "job=\"till\",instance=\"10.0.1.1:9000\"";
  private static final int LEAK_BEGINS = 25;
  private static final int LEAK_PER_SECOND = 20;

  private final HttpServer server;
  private final long started = System.currentTimeMillis();

  ToldCluster() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] body = page().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private String page() {
    double now = (System.currentTimeMillis() - started) / 1000.0;
    StringBuilder page = new StringBuilder();
    for (String pod : List.of(LEAKING, HEALTHY)) {
      String target = "namespace=\"pay\",pod=\"" + pod + "\",container=\"app\"";
      double leaked = pod.equals(LEAKING) ? LEAK_PER_SECOND * Math.max(0, now - LEAK_BEGINS) : 0;
      told(page, target + ",job=\"api\",instance=\"" + pod + ":80\"", now, leaked);
      others(page, target, pod, now);
    }
    told(page, PROCESS, now, 0);
    return page.toString();
  }

  private void told(StringBuilder page, String target, double now, double leaked) {
    Set<String> names = new TreeSet<>();
    Catalogue.load().signals().stream()
        .flatMap(signal -> signal.needs().stream())
        .filter(need -> need.from().equals("client_golang"))
        .map(Need::metric)
        .forEach(names::add);
    names.add("go_info");
    names.add("process_start_time_seconds");
    for (String name : names) {
      if (name.endsWith("_bucket")) {
        row(page, name, target + ",le=\"0.001\"", now);
        row(page, name, target + ",le=\"0.01\"", now * 2);
        row(page, name, target + ",le=\"+Inf\"", now * 2);
      } else if (name.equals("go_gc_duration_seconds")) {
        row(page, name, target + ",quantile=\"1\"", 0.001);
      } else {
        row(page, name, target, value(name, now, leaked));
      }
    }
  }

  private double value(String name, double now, double leaked) {
    double noise = Math.sin(now * 1.7) + Math.sin(now * 0.31);
    return switch (name) {
      case "go_goroutines" -> Math.rint(100 + 2 * noise + leaked);
      case "go_info" -> 1;
      case "process_start_time_seconds" -> started / 1000.0;
      case "process_max_fds" -> 1024;
      case "process_open_fds", "go_sched_gomaxprocs_threads", "go_threads" -> 8;
      case "go_gc_gomemlimit_bytes" -> 500e6;
      case "go_gc_gogc_percent" -> 100;
      case "go_cpu_classes_total_cpu_seconds_total" -> now * 2;
      case "go_cpu_classes_idle_cpu_seconds_total" -> now;
      case "go_cpu_classes_gc_total_cpu_seconds_total" -> now * 0.1;
      default ->
          name.endsWith("_total") || name.endsWith("_count")
              ? now
              : Math.rint(100e6 + 1e6 * noise + 2_000 * leaked);
    };
  }

  private static void others(StringBuilder page, String target, String pod, double now) {
    String kubelet = target + ",job=\"kubelet\",instance=\"node:10250\"";
    row(page, "container_memory_working_set_bytes", kubelet, 200e6 + 1e6 * Math.sin(now));
    row(page, "container_spec_memory_limit_bytes", kubelet, 512e6);
    row(page, "container_cpu_cfs_throttled_periods_total", kubelet, now);
    row(page, "container_cpu_cfs_periods_total", kubelet, now * 10);
    String state = ",job=\"kube-state-metrics\",instance=\"ksm:8080\"";
    String limits = "kube_pod_container_resource_limits";
    row(page, limits, target + state + ",resource=\"memory\"", 512e6);
    row(page, limits, target + state + ",resource=\"cpu\"", 2);
    row(page, "kube_pod_container_status_restarts_total", target + state, 0);
    String set = pod.substring(0, pod.lastIndexOf('-'));
    row(
        page,
        "kube_pod_owner",
        "namespace=\"pay\",pod=\""
            + pod
            + "\",owner_kind=\"ReplicaSet\",owner_is_controller=\"true\",owner_name=\""
            + set
            + '"'
            + state,
        1);
    if (pod.equals(LEAKING)) {
      String replicaset = "namespace=\"pay\",replicaset=\"" + set + '"' + state;
      row(page, "kube_replicaset_created", replicaset, 1.7e9);
      row(
          page,
          "kube_replicaset_owner",
          replicaset + ",owner_kind=\"Deployment\",owner_name=\"api\"",
          1);
    }
  }

  private static void row(StringBuilder page, String name, String labels, double value) {
    page.append(name).append('{').append(labels).append("} ").append(value).append('\n');
  }
}
