package dev.tidemark.rules.route;

import dev.tidemark.rules.model.Feature;
import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.spec.HttpConfigSpec;
import dev.tidemark.rules.spec.ReceiverSpec;
import dev.tidemark.rules.spec.TargetSpec;
import dev.tidemark.rules.spec.WebhookSpec;
import dev.tidemark.toolkit.config.PromDuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole configuration of Alertmanager: each team's alerts to its receiver. */
public final class AlertmanagerConfig {
  private AlertmanagerConfig() {}

  public static Map<String, Object> document(Routing routing, TargetSpec target) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("route", route(routing, Routes.of(routing).root()));
    if (!routing.inhibitions().isEmpty()) {
      document.put(
          "inhibit_rules",
          routing.inhibitions().stream().map(AlertmanagerConfig::inhibition).toList());
    }
    if (!routing.timeIntervals().isEmpty()) {
      // 0.22 and 0.23 know them under their first name only
      document.put(
          Feature.TIME_INTERVALS.isIn(target) ? "time_intervals" : "mute_time_intervals",
          routing.timeIntervals().stream().map(TimeIntervals::document).toList());
    }
    document.put(
        "receivers", routing.receivers().stream().map(AlertmanagerConfig::receiver).toList());
    return document;
  }

  private static Map<String, Object> route(Routing routing, Route root) {
    Map<String, Object> route = new LinkedHashMap<>();
    route.put("receiver", root.receiver());
    route.put("group_by", routing.groupBy());
    route.put("group_wait", PromDuration.format(routing.groupWait()));
    route.put("group_interval", PromDuration.format(routing.groupInterval()));
    route.put("repeat_interval", PromDuration.format(routing.repeatInterval()));
    route.put("routes", root.routes().stream().map(AlertmanagerConfig::route).toList());
    return route;
  }

  private static Map<String, Object> route(Route route) {
    Map<String, Object> child = new LinkedHashMap<>();
    child.put("matchers", matchers(route.match()));
    child.put("receiver", route.receiver());
    if (route.continues()) {
      child.put("continue", true);
    }
    if (!route.muted().isEmpty()) {
      child.put("mute_time_intervals", route.muted());
    }
    if (!route.active().isEmpty()) {
      child.put("active_time_intervals", route.active());
    }
    return child;
  }

  private static Map<String, Object> inhibition(Routing.Inhibition inhibition) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("source_matchers", matchers(inhibition.source()));
    rule.put("target_matchers", matchers(inhibition.target()));
    rule.put("equal", inhibition.equal());
    return rule;
  }

  private static List<String> matchers(Map<String, String> labels) {
    return labels.entrySet().stream().map(e -> matcher(e.getKey(), e.getValue())).toList();
  }

  /** Values hold only what can be seen, so these two escapes are all that both parsers need. */
  private static String matcher(String label, String value) {
    return label + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static Map<String, Object> receiver(ReceiverSpec spec) {
    Map<String, Object> receiver = new LinkedHashMap<>();
    receiver.put("name", spec.name().value());
    WebhookSpec webhook = spec.webhook();
    if (webhook != null) {
      receiver.put("webhook_configs", List.of(webhook(webhook)));
    }
    return receiver;
  }

  private static Map<String, Object> webhook(WebhookSpec webhook) {
    Map<String, Object> config = new LinkedHashMap<>();
    if (webhook.url() != null) {
      config.put("url", webhook.url().value().toString());
    }
    if (webhook.urlFile() != null) {
      config.put("url_file", webhook.urlFile().value());
    }
    config.put("send_resolved", webhook.sendResolved());
    if (webhook.maxAlerts().value() > 0) {
      config.put("max_alerts", (long) webhook.maxAlerts().value());
    }
    if (webhook.httpConfig() != null) {
      config.put("http_config", http(webhook.httpConfig()));
    }
    return config;
  }

  private static Map<String, Object> http(HttpConfigSpec http) {
    Map<String, Object> config = new LinkedHashMap<>();
    HttpConfigSpec.BasicAuth basic = http.basicAuth();
    if (basic != null) {
      Map<String, Object> auth = new LinkedHashMap<>();
      auth.put("username", basic.username());
      auth.put("password_file", basic.passwordFile());
      config.put("basic_auth", auth);
    }
    HttpConfigSpec.Authorization authorization = http.authorization();
    if (authorization != null) {
      Map<String, Object> auth = new LinkedHashMap<>();
      auth.put("type", authorization.type());
      auth.put("credentials_file", authorization.credentialsFile());
      config.put("authorization", auth);
    }
    HttpConfigSpec.Tls tls = http.tlsConfig();
    if (tls != null) {
      Map<String, Object> settings = new LinkedHashMap<>();
      put(settings, "ca_file", tls.caFile());
      put(settings, "cert_file", tls.certFile());
      put(settings, "key_file", tls.keyFile());
      put(settings, "server_name", tls.serverName());
      settings.put("insecure_skip_verify", tls.insecureSkipVerify());
      config.put("tls_config", settings);
    }
    config.put("follow_redirects", http.followRedirects());
    return config;
  }

  private static void put(Map<String, Object> map, String key, @Nullable String value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
