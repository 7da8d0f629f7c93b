package dev.tidemark.webhook.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.playbook.LoadedPlaybook;
import dev.tidemark.webhook.playbook.Playbook;
import dev.tidemark.webhook.playbook.PlaybookFiles;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.playbook.StepSpec;
import dev.tidemark.webhook.playbook.VerifySpec;
import dev.tidemark.webhook.step.StepContext;
import dev.tidemark.webhook.step.Steps;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes and reads plans. A plan says in words all that would be done, and holds the playbook's
 * text: what was approved, or begun before a restart, is what runs, whatever the file says by then.
 */
final class Plans {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Plans() {}

  /**
   * The plan as JSON; MissingValueException when the playbook names a label that the alert lacks.
   */
  static String make(
      LoadedPlaybook loaded, Episode episode, StaticTarget target, Steps steps, Instant now) {
    Playbook playbook = loaded.playbook();
    ObjectNode plan = JSON.createObjectNode();
    plan.put("playbook", playbook.name());
    plan.put("owner", playbook.metadata().owner());
    plan.put("mode", playbook.mode().text());
    ObjectNode where = plan.putObject("target");
    where.put("name", target.name());
    where.put("pprof", target.pprof().toString());
    where.put("workload", target.workload());
    ObjectNode labels = where.putObject("labels");
    new TreeMap<>(target.labels()).forEach(labels::put);
    ArrayNode all = plan.putArray("steps");
    for (StepPhase phase : List.of(StepPhase.STEPS, StepPhase.ROLLBACK, StepPhase.ESCALATE)) {
      List<StepSpec> list =
          switch (phase) {
            case STEPS -> playbook.steps();
            case ROLLBACK -> playbook.onFailure().rollback();
            case ESCALATE -> playbook.onFailure().escalate();
            case VERIFY -> List.of();
          };
      for (int i = 0; i < list.size(); i++) {
        StepSpec spec = list.get(i);
        ObjectNode step = all.addObject();
        step.put("phase", phase.text());
        step.put("kind", spec.kind());
        step.put("does", steps.of(spec).intent(dry(episode, target, spec, i, now)));
        step.put("onError", spec.onError().name().toLowerCase(java.util.Locale.ROOT));
      }
    }
    verify(plan, playbook, episode, target);
    plan.put("file", loaded.file());
    plan.put("sha256", loaded.hash());
    plan.put("source", loaded.source());
    return plan.toString();
  }

  static String hash(String plan) {
    return PlaybookFiles.sha256(plan);
  }

  /** The playbook inside a plan; IllegalStateException when this release cannot read it. */
  static Playbook playbook(String plan) {
    try {
      JsonNode node = JSON.readTree(plan);
      return PlaybookFiles.reread(node.path("file").asText(), node.path("source").asText())
          .playbook();
    } catch (JsonProcessingException | ProblemsException e) {
      throw new IllegalStateException(
          "the plan cannot be read by this release: " + e.getMessage(), e);
    }
  }

  /** The plan's target, as it was when the plan was made; credentials are those of today. */
  static StaticTarget target(String plan, Setup setup) {
    try {
      JsonNode target = JSON.readTree(plan).path("target");
      Map<String, String> labels = new TreeMap<>();
      target
          .path("labels")
          .properties()
          .forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
      String name = target.path("name").asText();
      return new StaticTarget(
          name,
          URI.create(target.path("pprof").asText()),
          labels,
          setup.target(name).map(StaticTarget::http).orElse(null));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the plan is no JSON", e);
    }
  }

  private static void verify(
      ObjectNode plan, Playbook playbook, Episode episode, StaticTarget target) {
    ArrayNode checks = plan.putArray("verify");
    VerifySpec verify = playbook.verify();
    if (verify == null) {
      return;
    }
    for (VerifySpec.Check check : verify.checks()) {
      VerifySpec.Query query = check.promql();
      VerifySpec.Slope slope = check.slope();
      if (query != null) {
        checks.add(
            query.expr().fill(Run.values(episode, target, "", List.of())) + ": " + query.success());
      } else if (slope != null) {
        checks.add(
            "slope of "
                + slope.signal()
                + " over "
                + PromDuration.format(slope.window())
                + " before and after");
      }
    }
  }

  private static StepContext dry(
      Episode episode, StaticTarget target, StepSpec spec, int number, Instant now) {
    return new StepContext(
        "(step id)",
        number,
        episode,
        target,
        Run.values(episode, target, "(outcome)", List.of()),
        List.of(),
        List.of(),
        now,
        spec.deadline());
  }
}
