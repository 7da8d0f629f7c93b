package dev.tidemark.webhook.intake;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Payloads as Alertmanager writes them, to be bent by tests. */
public final class Payloads {
  private Payloads() {}

  public static String alert(int number, String status) {
    String end = status.equals("firing") ? "0001-01-01T00:00:00Z" : "2026-03-01T09:00:00.5Z";
    return """
        {"status":"%s","labels":{"alertname":"GoGoroutineLeak","namespace":"pay","pod":"pay-%d"},\
        "annotations":{"summary":"goroutines grow \\u0026 grow"},\
        "startsAt":"2026-03-01T08:00:00.123456789Z","endsAt":"%s",\
        "generatorURL":"http://prometheus.example/graph?g0.expr=x\\u0026g0.tab=1",\
        "fingerprint":"%s"}"""
        .formatted(status, number, end, fingerprint(number));
  }

  public static String fingerprint(int number) {
    return String.format(Locale.ROOT, "%016x", 0xb3639920c60bce84L + number);
  }

  public static String group(String status, String... alerts) {
    return """
        {"receiver":"tide\\\\.mark","status":"%s","alerts":[%s],\
        "groupLabels":{"alertname":"GoGoroutineLeak"},"commonLabels":{"namespace":"pay"},\
        "commonAnnotations":{},"externalURL":"http://alertmanager.example",\
        "version":"4","groupKey":"{}:{alertname=\\"GoGoroutineLeak\\"}","truncatedAlerts":0}
        """
        .formatted(status, String.join(",", alerts));
  }

  public static String firing(int alerts) {
    return group(
        "firing",
        IntStream.range(0, alerts)
            .mapToObj(i -> alert(i, "firing"))
            .collect(Collectors.toList())
            .toArray(String[]::new));
  }
}
