package dev.tidemark.webhook;

import dev.tidemark.toolkit.http.OutgoingHttp;
import dev.tidemark.toolkit.http.OutgoingLimits;
import dev.tidemark.toolkit.http.OutgoingMetrics;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.webhook.dispatch.Setup;
import dev.tidemark.webhook.evidence.EvidenceStore;
import dev.tidemark.webhook.playbook.PolicySpec;
import dev.tidemark.webhook.playbook.StepSpec;
import dev.tidemark.webhook.recheck.AlertmanagerRecheck;
import dev.tidemark.webhook.recheck.PromQuery;
import dev.tidemark.webhook.recheck.PrometheusRecheck;
import dev.tidemark.webhook.recheck.Recheck;
import dev.tidemark.webhook.route.Routes;
import dev.tidemark.webhook.step.Destinations;
import dev.tidemark.webhook.step.Step;
import dev.tidemark.webhook.step.diagnose.DiagnoseStep;
import dev.tidemark.webhook.step.diagnose.GoroutineDumpReader;
import dev.tidemark.webhook.step.diagnose.HeapDiffStep;
import dev.tidemark.webhook.step.http.HttpStep;
import dev.tidemark.webhook.step.notify.NotifierConfig;
import dev.tidemark.webhook.step.notify.NotifyStep;
import dev.tidemark.webhook.step.pprof.HttpProfileFetch;
import dev.tidemark.webhook.step.pprof.PprofStep;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The clients that one configuration needs, and what dispatch makes of them. Closed when a reload
 * replaces it.
 */
final class Outside implements AutoCloseable {
  private static final ClientLimits QUERIES =
      new ClientLimits(Duration.ofSeconds(20), 32L << 20, 4, 3);

  private final Setup setup;
  private final Destinations destinations;
  private final @Nullable PrometheusClient prometheus;
  private final @Nullable OutgoingHttp alertmanager;

  private Outside(
      Setup setup,
      Destinations destinations,
      @Nullable PrometheusClient prometheus,
      @Nullable OutgoingHttp alertmanager) {
    this.setup = setup;
    this.destinations = destinations;
    this.prometheus = prometheus;
    this.alertmanager = alertmanager;
  }

  static Outside of(Loaded loaded, EvidenceStore evidence, OutgoingMetrics metrics) {
    WebhookConfig config = loaded.config();
    Destinations destinations = new Destinations(metrics);
    Map<PolicySpec.Recheck, Recheck> rechecks = new EnumMap<>(PolicySpec.Recheck.class);
    PrometheusClient client = null;
    PromQuery query = null;
    WebhookConfig.Server prometheus = config.prometheus();
    if (prometheus != null) {
      client =
          new PrometheusClient(
              prometheus.url(),
              new OutgoingHttp(
                  "prometheus",
                  prometheus.httpOrNone(),
                  OutgoingLimits.defaults(),
                  dev.tidemark.toolkit.http.AddressPolicy.any(),
                  metrics),
              QUERIES);
      query = PromQuery.of(client);
      rechecks.put(PolicySpec.Recheck.PROMETHEUS, new PrometheusRecheck(query));
    }
    OutgoingHttp am = null;
    WebhookConfig.Server alertmanager = config.alertmanager();
    if (alertmanager != null) {
      am =
          new OutgoingHttp(
              "alertmanager",
              alertmanager.httpOrNone(),
              OutgoingLimits.defaults(),
              dev.tidemark.toolkit.http.AddressPolicy.any(),
              metrics);
      rechecks.put(
          PolicySpec.Recheck.ALERTMANAGER, new AlertmanagerRecheck(alertmanager.url(), am));
    }
    Setup setup =
        new Setup(
            new Routes(loaded.playbooks()),
            config.targets().stream().map(Placed::value).toList(),
            config.cluster() == null ? "" : config.cluster(),
            false,
            spec -> step(spec, config, evidence, destinations),
            loaded.signals(),
            query,
            rechecks,
            new Setup.Retention(
                config.retention().receipts(),
                config.retention().episodes(),
                config.retention().expireAfter()));
    return new Outside(setup, destinations, client, am);
  }

  /**
   * @param autoAllowed whether mode auto may act on this server now
   */
  Setup setup(boolean autoAllowed) {
    return setup.withAuto(autoAllowed);
  }

  @Override
  public void close() {
    destinations.close();
    if (prometheus != null) {
      prometheus.close();
    }
    if (alertmanager != null) {
      alertmanager.close();
    }
  }

  private static Step step(
      StepSpec spec, WebhookConfig config, EvidenceStore evidence, Destinations destinations) {
    if (spec.pprof() != null) {
      return new PprofStep(spec.pprof(), new HttpProfileFetch(destinations), evidence);
    }
    if (spec.diagnose() != null) {
      return new DiagnoseStep(evidence, new GoroutineDumpReader());
    }
    if (spec.heapDiff() != null) {
      return new HeapDiffStep(spec.heapDiff(), evidence);
    }
    if (spec.http() != null) {
      return new HttpStep(spec.http(), config.endpoints(), destinations);
    }
    List<NotifierConfig> notifiers = config.notifiers().stream().map(Placed::value).toList();
    return new NotifyStep(Objects.requireNonNull(spec.tell()), notifiers, destinations);
  }
}
