package dev.tidemark.webhook.dispatch;

import dev.tidemark.signals.metric.SelfMetrics;
import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.StepState;
import dev.tidemark.webhook.policy.Policies;
import dev.tidemark.webhook.policy.Policy;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.stream.Stream;

/** What dispatch counts. Thread-safe. */
public final class DispatchMetrics {
  private final Counter episodes;
  private final Counter steps;
  private final Histogram durations;
  private final Counter decisions;

  public DispatchMetrics(PrometheusRegistry registry) {
    episodes =
        Counter.builder()
            .name(SelfMetrics.EPISODES)
            .help("Episodes whose outcome is final, by outcome.")
            .labelNames("outcome")
            .register(registry);
    steps =
        Counter.builder()
            .name(SelfMetrics.STEPS)
            .help("Steps that ended, by kind and outcome.")
            .labelNames("step", "outcome")
            .register(registry);
    durations =
        Histogram.builder()
            .name(SelfMetrics.STEP_DURATION)
            .help("From a step's first intent to its outcome.")
            .unit(Unit.SECONDS)
            .labelNames("step")
            .classicOnly()
            .classicUpperBounds(.1, .5, 1, 5, 15, 60, 300, 1800)
            .register(registry);
    decisions =
        Counter.builder()
            .name(SelfMetrics.DECISIONS)
            .help("What policies answered, by policy.")
            .labelNames("decision", "reason")
            .register(registry);
    for (Outcome outcome : Outcome.values()) {
      if (outcome.isFinal()) {
        episodes.initLabelValues(outcome.text());
      }
    }
    for (String kind : SelfMetrics.STEP_KINDS) {
      steps.initLabelValues(kind, StepState.OK.text());
      steps.initLabelValues(kind, StepState.FAILED.text());
      steps.initLabelValues(kind, StepState.UNKNOWN.text());
    }
    // else increase() would miss the first of each
    Stream.concat(Policies.LOCAL.stream(), Policies.ASKING.stream())
        .map(Policy::name)
        .forEach(
            policy -> {
              for (Decision.Verdict verdict : Decision.Verdict.values()) {
                decisions.initLabelValues(verdict.text(), policy);
              }
            });
  }

  void ended(Outcome outcome) {
    if (outcome.isFinal()) {
      episodes.labelValues(outcome.text()).inc();
    }
  }

  void step(String kind, StepState state, Duration took) {
    steps.labelValues(kind, state.text()).inc();
    durations.labelValues(kind).observe(took.toMillis() / 1000.0);
  }

  void decided(String policy, Decision.Verdict verdict) {
    decisions.labelValues(verdict.text(), policy).inc();
  }
}
