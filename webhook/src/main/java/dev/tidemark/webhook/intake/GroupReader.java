package dev.tidemark.webhook.intake;

import dev.tidemark.webhook.alert.Alert;
import dev.tidemark.webhook.alert.Fingerprint;
import dev.tidemark.webhook.alert.Notification;
import dev.tidemark.webhook.intake.BadPayload.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers the fields of one notification, in whatever order they come. */
final class GroupReader {
  private final PayloadLimits limits;
  private final AlertReader alertReader = new AlertReader();
  private @Nullable String groupKey;
  private @Nullable String status;
  private @Nullable String receiver;
  private Map<String, String> groupLabels = Map.of();
  private Map<String, String> commonLabels = Map.of();
  private Map<String, String> commonAnnotations = Map.of();
  private String externalUrl = "";
  private long truncatedAlerts;
  private @Nullable List<Alert> alerts;

  GroupReader(PayloadLimits limits) {
    this.limits = limits;
  }

  void field(String name, JsonWalk json) throws BadPayload, IOException {
    switch (name) {
      case "groupKey" -> groupKey = json.string();
      case "status" -> status = json.string();
      case "receiver" -> receiver = ReceiverName.unquote(json.string());
      case "groupLabels" -> groupLabels = json.strings();
      case "commonLabels" -> commonLabels = json.strings();
      case "commonAnnotations" -> commonAnnotations = json.strings();
      case "externalURL" -> externalUrl = json.string();
      case "truncatedAlerts" -> truncatedAlerts = json.count();
      case "alerts" -> alerts = alerts(json);
      default -> json.skip();
    }
  }

  Notification finish() throws BadPayload {
    Missing missing = new Missing("");
    String key = missing.require("groupKey", groupKey);
    String state = missing.require("status", status);
    String name = missing.require("receiver", receiver);
    List<Alert> all = missing.require("alerts", alerts, List.of());
    missing.check();
    if (all.isEmpty()) {
      throw new BadPayload(Reason.MISSING, "alerts is empty: a group holds at least one");
    }
    return new Notification(
        "4",
        key,
        AlertReader.status("status", state),
        name,
        groupLabels,
        commonLabels,
        commonAnnotations,
        externalUrl,
        truncatedAlerts,
        all);
  }

  private List<Alert> alerts(JsonWalk json) throws BadPayload, IOException {
    List<Alert> all = new ArrayList<>();
    Set<Fingerprint> fingerprints = new HashSet<>();
    json.array(
        () -> {
          if (all.size() == limits.alerts()) {
            throw new BadPayload(
                Reason.TOO_LARGE,
                "more than " + limits.alerts() + " alerts: set max_alerts of the receiver");
          }
          Alert alert = alertReader.read(json, all.size());
          if (!fingerprints.add(alert.fingerprint())) {
            throw new BadPayload(
                Reason.VALUE,
                "alerts[%d]: fingerprint %s is in this group already"
                    .formatted(all.size(), alert.fingerprint()));
          }
          all.add(alert);
        });
    return all;
  }
}
