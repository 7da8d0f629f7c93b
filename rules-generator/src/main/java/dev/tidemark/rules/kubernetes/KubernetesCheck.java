package dev.tidemark.rules.kubernetes;

import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.spec.HttpConfigSpec;
import dev.tidemark.rules.spec.KubernetesSpec;
import dev.tidemark.rules.spec.ReceiverSpec;
import dev.tidemark.rules.spec.TimeIntervalSpec;
import dev.tidemark.rules.spec.WebhookSpec;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells what objects cannot hold, and what the Operator will make of them. */
public final class KubernetesCheck {
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern OBJECT = Pattern.compile("[a-z0-9](?:[-a-z0-9.]{0,200}[a-z0-9])?");
  private static final Pattern KEY =
      Pattern.compile(
          "(?:[a-z0-9](?:[-a-z0-9.]{0,250}[a-z0-9])?/)?"
              + "[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
  private static final Pattern VALUE =
      Pattern.compile("(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

  private final Model model;
  private final Complaints complaints;

  public KubernetesCheck(Model model, Complaints complaints) {
    this.model = model;
    this.complaints = complaints;
  }

  public void check() {
    KubernetesSpec spec = model.kubernetes();
    name("namespace", spec.namespace());
    name("exporter.namespace", spec.exporter().namespace());
    name("exporter.port", spec.exporter().port());
    labels("labels", spec.labels());
    labels("alertmanagerLabels", spec.alertmanagerLabels());
    labels("dashboardLabels", spec.dashboardLabels());
    labels("exporter.selector", spec.exporter().selector());
    for (Service service : model.services()) {
      if (!OBJECT.matcher(service.name().value()).matches()) {
        complaints.add(
            service.name(),
            "name: found "
                + Shown.text(service.name().value())
                + ", needs letters, digits, dots and dashes: it names an object of Kubernetes");
      }
    }
    model.routing().teams().stream()
        .filter(team -> !OBJECT.matcher(team.name()).matches())
        .forEach(
            team ->
                complaints.add(
                    model.target().output(),
                    "output: the team "
                        + Shown.text(team.name())
                        + " names an object of Kubernetes, which takes no underscore"));
    model.routing().receivers().forEach(this::receiver);
    model.routing().timeIntervals().forEach(this::interval);
    namespaces(spec.namespace().value());
  }

  private void name(String key, Placed<String> name) {
    if (!NAME.matcher(name.value()).matches()) {
      complaints.add(
          name,
          key
              + ": found "
              + Shown.text(name.value())
              + ", needs lower-case letters, digits and dashes, at most 63");
    }
  }

  private void labels(String key, Map<String, Placed<String>> labels) {
    labels.forEach(
        (name, value) -> {
          if (!KEY.matcher(name).matches() || !VALUE.matcher(value.value()).matches()) {
            complaints.add(
                value,
                key
                    + ": found "
                    + Shown.text(name + ": " + value.value())
                    + ", needs a label of Kubernetes");
          }
        });
  }

  private void receiver(ReceiverSpec receiver) {
    WebhookSpec webhook = receiver.webhook();
    if (webhook == null) {
      return;
    }
    Placed<String> url = webhook.urlFile();
    if (url != null) {
      secret("urlFile", url.place(), url.value(), /* mayBeConfigMap= */ false);
    }
    HttpConfigSpec http = webhook.httpConfig();
    if (http == null) {
      return;
    }
    if (http.basicAuth() != null) {
      secret("passwordFile", http.place(), http.basicAuth().passwordFile(), false);
    }
    if (http.authorization() != null) {
      secret("credentialsFile", http.place(), http.authorization().credentialsFile(), false);
    }
    if (http.tlsConfig() != null) {
      secret("caFile", http.place(), http.tlsConfig().caFile(), true);
      secret("certFile", http.place(), http.tlsConfig().certFile(), true);
      secret("keyFile", http.place(), http.tlsConfig().keyFile(), false);
    }
  }

  private void secret(String key, Place place, @Nullable String file, boolean mayBeConfigMap) {
    if (file != null && SecretKey.of(file).filter(s -> s.isSecret() || mayBeConfigMap).isEmpty()) {
      complaints.add(
          place,
          key
              + ": found "
              + Shown.text(file)
              + ", needs /etc/alertmanager/secrets/NAME/KEY, where the Operator mounts a Secret:"
              + " output prometheus-rule refers to that Secret");
    }
  }

  private void interval(TimeIntervalSpec interval) {
    for (TimeIntervalSpec.Period period : interval.timeIntervals()) {
      Placed<String> location = period.location();
      if (location != null && !location.value().equals("UTC")) {
        complaints.add(location, "location: an AlertmanagerConfig has none; say the times in UTC");
      }
    }
  }

  /** What people find out when no alert arrives. */
  private void namespaces(String namespace) {
    List<String> elsewhere =
        model.services().stream()
            .filter(s -> !s.selection().value("namespace", "").equals(namespace))
            .map(s -> s.name().value())
            .toList();
    if (elsewhere.isEmpty()) {
      return;
    }
    String some = elsewhere.get(0) + (elsewhere.size() > 1 ? " and others" : "");
    Place place = model.target().output().place();
    complaints.warn(
        place,
        "output: the Operator adds the matcher namespace=\""
            + namespace
            + "\" to routes and inhibitions of an AlertmanagerConfig, so that alerts of "
            + some
            + " would not arrive, unless the Alertmanager has"
            + " alertmanagerConfigMatcherStrategy: {type: None}");
    complaints.warn(
        place,
        "output: where a Prometheus has enforcedNamespaceLabel, rules in namespace "
            + namespace
            + " see only that namespace, so that alerts of "
            + some
            + " would never fire; list the rules in excludedFromEnforcement");
  }
}
