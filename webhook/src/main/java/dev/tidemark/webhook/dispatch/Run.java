package dev.tidemark.webhook.dispatch;

import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.Finding;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.playbook.Playbook;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.playbook.StepSpec;
import dev.tidemark.webhook.playbook.Values;
import dev.tidemark.webhook.step.notify.Told;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An execution as it stands in the journal, with what belongs to it. */
record Run(
    Execution execution, Episode episode, Playbook playbook, StaticTarget target, Setup setup) {

  /** Whether the configuration no longer means by the target's name what the plan was made for. */
  boolean isTargetOther() {
    return setup
        .target(target.name())
        .filter(now -> now.pprof().equals(target.pprof()) && now.labels().equals(target.labels()))
        .isEmpty();
  }

  Progress progress() {
    return Progress.of(execution.progress());
  }

  List<StepSpec> list(StepPhase phase) {
    return switch (phase) {
      case STEPS -> playbook.steps();
      case ROLLBACK -> playbook.onFailure().rollback();
      case ESCALATE -> playbook.onFailure().escalate();
      case VERIFY -> List.of();
    };
  }

  String stepId(StepPhase phase, int index) {
    return execution.id() + "-" + phase.name().toLowerCase(Locale.ROOT) + "-" + index;
  }

  /** The alert's labels with the target's over them, for those come from the configuration. */
  Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>(episode.labels());
    labels.putAll(target.labels());
    return labels;
  }

  Values values(List<Finding> findings) {
    return values(
        episode, target, execution.outcome() == null ? "in progress" : outcome(), findings);
  }

  static Values values(
      Episode episode, StaticTarget target, String outcome, List<Finding> findings) {
    Finding worst = Told.worst(findings);
    return new Values(
        Map.of(
            "episode",
            episode.id(),
            "target",
            target.name(),
            "workload",
            target.workload(),
            "startsAt",
            episode.startsAt().toString(),
            "outcome",
            outcome,
            "finding",
            worst == null ? "" : worst.text()),
        episode.labels());
  }

  private String outcome() {
    Outcome outcome = execution.outcome();
    String text = execution.outcomeText();
    String word = outcome == null ? "" : outcome.text();
    return text.isEmpty() ? word : word + ": " + text;
  }

  Run with(Execution newest) {
    return new Run(newest, episode, playbook, target, setup);
  }
}
