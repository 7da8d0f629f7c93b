package dev.tidemark.webhook.journal;

import dev.tidemark.webhook.alert.Alert;
import dev.tidemark.webhook.alert.AlertStatus;
import dev.tidemark.webhook.alert.Fingerprint;
import dev.tidemark.webhook.alert.Notification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Notifications as tests need them. Times are seconds after {@link #T0}. */
public final class Sent {
  public static final Instant T0 = Instant.parse("2026-11-20T12:00:00Z");

  private Sent() {}

  public static Instant at(double seconds) {
    return T0.plusMillis(Math.round(seconds * 1000));
  }

  public static Alert firing(String fingerprint, double startsAt, String... labels) {
    return alert(AlertStatus.FIRING, fingerprint, startsAt, null, labels);
  }

  public static Alert resolved(
      String fingerprint, double startsAt, double endsAt, String... labels) {
    return alert(AlertStatus.RESOLVED, fingerprint, startsAt, at(endsAt), labels);
  }

  public static Arrival arrival(double receivedAt, Alert... alerts) {
    return arrival(receivedAt, "{}:{alertname=\"A\"}", alerts);
  }

  public static Arrival arrival(double receivedAt, String groupKey, Alert... alerts) {
    return new Arrival(
        at(receivedAt),
        "127.0.0.1:1",
        "{\"n\":" + receivedAt + "}",
        notification(groupKey, alerts));
  }

  public static Notification notification(String groupKey, Alert... alerts) {
    boolean fires = false;
    for (Alert alert : alerts) {
      fires |= alert.status() == AlertStatus.FIRING;
    }
    return new Notification(
        "4",
        groupKey,
        fires ? AlertStatus.FIRING : AlertStatus.RESOLVED,
        "tidemark",
        Map.of(),
        Map.of(),
        Map.of(),
        "http://am.example",
        0,
        List.of(alerts));
  }

  private static Alert alert(
      AlertStatus status,
      String fingerprint,
      double startsAt,
      @Nullable Instant endsAt,
      String... labels) {
    Map<String, String> map = new TreeMap<>(Map.of("alertname", "GoGoroutineLeak"));
    for (int i = 0; i < labels.length; i += 2) {
      map.put(labels[i], labels[i + 1]);
    }
    return new Alert(
        status,
        new TreeMap<>(map),
        new TreeMap<>(Map.of("summary", "it grows")),
        at(startsAt),
        endsAt,
        "http://prom.example/graph",
        new Fingerprint(fingerprint));
  }
}
