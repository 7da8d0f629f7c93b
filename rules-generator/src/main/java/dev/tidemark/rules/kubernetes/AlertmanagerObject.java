package dev.tidemark.rules.kubernetes;

import dev.tidemark.rules.model.Routing;
import dev.tidemark.rules.route.Route;
import dev.tidemark.rules.route.Routes;
import dev.tidemark.rules.spec.HttpConfigSpec;
import dev.tidemark.rules.spec.KubernetesSpec;
import dev.tidemark.rules.spec.ReceiverSpec;
import dev.tidemark.rules.spec.TimeIntervalSpec;
import dev.tidemark.rules.spec.TimeIntervalSpec.Period;
import dev.tidemark.rules.spec.WebhookSpec;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An AlertmanagerConfig: our routes below one that takes our teams' alerts only, for the Operator
 * merges it with others'. Source: pkg/apis/monitoring/v1alpha1 of the Operator.
 */
public final class AlertmanagerObject {
  private AlertmanagerObject() {}

  public static Map<String, Object> of(KubernetesSpec spec, Routing routing) {
    Map<String, Object> object =
        Manifest.of(
            "monitoring.coreos.com/v1alpha1",
            "AlertmanagerConfig",
            "tidemark",
            spec.namespace().value(),
            spec.alertmanagerLabels());
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("route", root(routing));
    if (!routing.inhibitions().isEmpty()) {
      config.put(
          "inhibitRules",
          routing.inhibitions().stream().map(AlertmanagerObject::inhibition).toList());
    }
    if (!routing.timeIntervals().isEmpty()) {
      config.put(
          "muteTimeIntervals",
          routing.timeIntervals().stream().map(AlertmanagerObject::interval).toList());
    }
    config.put(
        "receivers", routing.receivers().stream().map(AlertmanagerObject::receiver).toList());
    object.put("spec", config);
    return object;
  }

  private static Map<String, Object> root(Routing routing) {
    Route root = Routes.of(routing).root();
    Map<String, Object> route = new LinkedHashMap<>();
    route.put("receiver", root.receiver());
    route.put("groupBy", routing.groupBy());
    route.put("groupWait", PromDuration.format(routing.groupWait()));
    route.put("groupInterval", PromDuration.format(routing.groupInterval()));
    route.put("repeatInterval", PromDuration.format(routing.repeatInterval()));
    String teams =
        routing.teams().stream()
            .map(team -> team.name().replace(".", "\\."))
            .collect(Collectors.joining("|"));
    route.put("matchers", List.of(matcher("team", "=~", teams)));
    route.put("routes", root.routes().stream().map(AlertmanagerObject::route).toList());
    return route;
  }

  private static Map<String, Object> route(Route team) {
    Map<String, Object> route = new LinkedHashMap<>();
    route.put("receiver", team.receiver());
    route.put("matchers", matchers(team.match()));
    if (team.continues()) {
      route.put("continue", true);
    }
    if (!team.muted().isEmpty()) {
      route.put("muteTimeIntervals", team.muted());
    }
    if (!team.active().isEmpty()) {
      route.put("activeTimeIntervals", team.active());
    }
    return route;
  }

  private static Map<String, Object> inhibition(Routing.Inhibition inhibition) {
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("sourceMatch", matchers(inhibition.source()));
    rule.put("targetMatch", matchers(inhibition.target()));
    rule.put("equal", inhibition.equal());
    return rule;
  }

  private static List<Object> matchers(Map<String, String> labels) {
    List<Object> matchers = new ArrayList<>();
    labels.forEach((name, value) -> matchers.add(matcher(name, "=", value)));
    return matchers;
  }

  private static Map<String, Object> matcher(String name, String type, String value) {
    Map<String, Object> matcher = new LinkedHashMap<>();
    matcher.put("name", name);
    matcher.put("matchType", type);
    matcher.put("value", value);
    return matcher;
  }

  private static Map<String, Object> interval(TimeIntervalSpec spec) {
    Map<String, Object> interval = new LinkedHashMap<>();
    interval.put("name", spec.name().value());
    interval.put(
        "timeIntervals", spec.timeIntervals().stream().map(AlertmanagerObject::period).toList());
    return interval;
  }

  private static Map<String, Object> period(Period spec) {
    Map<String, Object> period = new LinkedHashMap<>();
    if (!spec.times().isEmpty()) {
      List<Object> times = new ArrayList<>();
      for (TimeIntervalSpec.Times range : spec.times()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("startTime", range.startTime().value());
        one.put("endTime", range.endTime().value());
        times.add(one);
      }
      period.put("times", times);
    }
    if (!spec.daysOfMonth().isEmpty()) {
      List<Object> days = new ArrayList<>();
      for (Placed<String> range : spec.daysOfMonth()) {
        String[] parts = range.value().split(":", -1);
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("start", Long.parseLong(parts[0]));
        one.put("end", Long.parseLong(parts[parts.length - 1]));
        days.add(one);
      }
      period.put("daysOfMonth", days);
    }
    put(period, "weekdays", spec.weekdays());
    put(period, "months", spec.months());
    put(period, "years", spec.years());
    return period;
  }

  private static void put(Map<String, Object> map, String key, List<Placed<String>> ranges) {
    if (!ranges.isEmpty()) {
      // the CRD's pattern takes the second day of a range in lower case only
      map.put(key, ranges.stream().map(r -> r.value().toLowerCase(Locale.ROOT)).toList());
    }
  }

  private static Map<String, Object> receiver(ReceiverSpec spec) {
    Map<String, Object> receiver = new LinkedHashMap<>();
    receiver.put("name", spec.name().value());
    WebhookSpec webhook = spec.webhook();
    if (webhook != null) {
      receiver.put("webhookConfigs", List.of(webhook(webhook)));
    }
    return receiver;
  }

  private static Map<String, Object> webhook(WebhookSpec webhook) {
    Map<String, Object> config = new LinkedHashMap<>();
    if (webhook.url() != null) {
      config.put("url", webhook.url().value().toString());
    }
    Placed<String> file = webhook.urlFile();
    if (file != null) {
      SecretKey.of(file.value()).ifPresent(key -> config.put("urlSecret", key.selector()));
    }
    config.put("sendResolved", webhook.sendResolved());
    if (webhook.maxAlerts().value() > 0) {
      config.put("maxAlerts", (long) webhook.maxAlerts().value());
    }
    if (webhook.httpConfig() != null) {
      config.put("httpConfig", http(webhook.httpConfig()));
    }
    return config;
  }

  private static Map<String, Object> http(HttpConfigSpec http) {
    Map<String, Object> config = new LinkedHashMap<>();
    HttpConfigSpec.BasicAuth basic = http.basicAuth();
    if (basic != null) {
      SecretKey.of(basic.passwordFile())
          .ifPresent(
              key -> {
                Map<String, Object> auth = new LinkedHashMap<>();
                // the Operator takes both from Secrets
                auth.put("username", key.selector("username"));
                auth.put("password", key.selector());
                config.put("basicAuth", auth);
              });
    }
    HttpConfigSpec.Authorization authorization = http.authorization();
    if (authorization != null) {
      SecretKey.of(authorization.credentialsFile())
          .ifPresent(
              key -> {
                Map<String, Object> auth = new LinkedHashMap<>();
                auth.put("type", authorization.type());
                auth.put("credentials", key.selector());
                config.put("authorization", auth);
              });
    }
    HttpConfigSpec.Tls tls = http.tlsConfig();
    if (tls != null) {
      Map<String, Object> settings = new LinkedHashMap<>();
      key(tls.caFile()).ifPresent(key -> settings.put("ca", key.secretOrConfigMap()));
      key(tls.certFile()).ifPresent(key -> settings.put("cert", key.secretOrConfigMap()));
      key(tls.keyFile()).ifPresent(key -> settings.put("keySecret", key.selector()));
      if (tls.serverName() != null) {
        settings.put("serverName", tls.serverName());
      }
      settings.put("insecureSkipVerify", tls.insecureSkipVerify());
      config.put("tlsConfig", settings);
    }
    config.put("followRedirects", http.followRedirects());
    return config;
  }

  private static Optional<SecretKey> key(@Nullable String file) {
    return file == null ? Optional.empty() : SecretKey.of(file);
  }
}
