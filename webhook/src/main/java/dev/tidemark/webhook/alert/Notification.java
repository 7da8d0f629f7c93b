package dev.tidemark.webhook.alert;

import java.util.List;
import java.util.Map;

/**
 * One webhook notification of Alertmanager, payload version 4.
 *
 * @param receiver as configured: what Alertmanager quotes in it ({@code no\.dot}) is undone
 * @param groupKey changes when the route is edited: never an identity of anything durable
 * @param truncatedAlerts how many alerts of the group were left out ({@code max_alerts})
 */
public record Notification(
    String version,
    String groupKey,
    AlertStatus status,
    String receiver,
    Map<String, String> groupLabels,
    Map<String, String> commonLabels,
    Map<String, String> commonAnnotations,
    String externalUrl,
    long truncatedAlerts,
    List<Alert> alerts) {

  public Notification {
    groupLabels = Map.copyOf(groupLabels);
    commonLabels = Map.copyOf(commonLabels);
    commonAnnotations = Map.copyOf(commonAnnotations);
    alerts = List.copyOf(alerts);
  }
}
