package dev.tidemark.webhook.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.webhook.journal.Approval;
import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.Finding;
import dev.tidemark.webhook.journal.StepRecord;

/** Episodes as the API shows them. */
final class EpisodeJson {
  private EpisodeJson() {}

  /** One line of the list. */
  static ObjectNode summary(Episode e) {
    ObjectNode node = Json.object();
    node.put("id", e.id());
    node.put("fingerprint", e.fingerprint().text());
    node.put("status", e.status().text());
    node.put("alertname", e.alertname());
    node.set("labels", Json.strings(e.labels()));
    node.put("startsAt", Json.time(e.startsAt()));
    node.put("closedAt", Json.time(e.closedAt()));
    node.put("playbook", e.playbook());
    node.put("outcome", e.outcome() == null ? null : e.outcome().text());
    node.put("outcomeText", e.outcomeText());
    node.put("escalated", e.escalated());
    return node;
  }

  /** All of it. */
  static ObjectNode whole(Dossier dossier) {
    ObjectNode node = summary(dossier.episode());
    node.set("alert", alert(dossier.episode()));
    node.set("execution", dossier.execution().map(EpisodeJson::execution).orElse(null));
    node.set("decisions", Json.array(dossier.decisions(), EpisodeJson::decision));
    node.set("approvals", Json.array(dossier.approvals(), EpisodeJson::approval));
    node.set("steps", Json.array(dossier.steps(), EpisodeJson::step));
    node.set("evidence", Json.array(dossier.evidence(), EpisodeJson::evidence));
    node.set("finding", dossier.finding().map(EpisodeJson::finding).orElse(null));
    node.set("findings", Json.array(dossier.findings(), EpisodeJson::finding));
    node.set("timeline", Json.array(Timeline.of(dossier), EpisodeJson::entry));
    return node;
  }

  private static ObjectNode alert(Episode e) {
    ObjectNode node = Json.object();
    node.put("status", e.status().text());
    node.set("labels", Json.strings(e.labels()));
    node.set("annotations", Json.strings(e.annotations()));
    node.put("startsAt", Json.time(e.startsAt()));
    node.put("fingerprint", e.fingerprint().text());
    node.put("generatorURL", e.generatorUrl());
    node.put("receiver", e.receiver());
    node.put("cluster", e.cluster());
    node.put("openedAt", Json.time(e.openedAt()));
    node.put("lastFiringAt", Json.time(e.lastFiringAt()));
    node.put("late", e.late());
    node.put("truncatedAlerts", e.truncatedAlerts());
    return node;
  }

  private static ObjectNode execution(Execution e) {
    ObjectNode node = Json.object();
    node.put("id", e.id());
    node.put("playbook", e.playbook());
    node.put("mode", e.mode());
    node.put("target", e.target());
    node.put("workload", e.workload());
    node.put("state", e.state().text());
    node.put("planHash", e.planHash());
    node.set("plan", Json.stored(e.plan()));
    node.put("createdAt", Json.time(e.createdAt()));
    node.put("startedAt", Json.time(e.startedAt()));
    node.put("actedAt", Json.time(e.actedAt()));
    node.put("finishedAt", Json.time(e.finishedAt()));
    node.put("wakeAt", Json.time(e.wakeAt()));
    node.put("outcome", e.outcome() == null ? null : e.outcome().text());
    node.put("outcomeText", e.outcomeText());
    return node;
  }

  private static ObjectNode decision(Decision d) {
    return Json.object()
        .put("at", Json.time(d.at()))
        .put("policy", d.policy())
        .put("verdict", d.verdict().text())
        .put("reason", d.reason())
        .put("until", Json.time(d.until()));
  }

  private static ObjectNode approval(Approval a) {
    return Json.object()
        .put("at", Json.time(a.at()))
        .put("user", a.user())
        .put("approved", a.approved())
        .put("planHash", a.planHash())
        .put("comment", a.comment());
  }

  private static ObjectNode step(StepRecord s) {
    return Json.object()
        .put("id", s.id())
        .put("phase", s.phase().text())
        .put("index", s.index())
        .put("kind", s.kind())
        .put("outcome", s.state().text())
        .put("intendedAt", Json.time(s.intendedAt()))
        .put("intent", s.intent())
        .put("outcomeAt", Json.time(s.outcomeAt()))
        .put("text", s.text())
        .put("attempts", s.attempts());
  }

  private static ObjectNode evidence(Evidence e) {
    return Json.object()
        .put("name", e.name())
        .put("step", e.step())
        .put("contentType", e.contentType())
        .put("bytes", e.bytes())
        .put("sha256", e.sha256())
        .put("at", Json.time(e.at()))
        .put("url", Paths.evidence(e.episode(), e.name()));
  }

  private static ObjectNode finding(Finding f) {
    ObjectNode node = Json.object();
    node.put("at", Json.time(f.at()));
    node.put("evidence", f.evidence());
    node.put("verdict", f.verdict());
    node.put("function", f.function());
    node.put("file", f.file());
    node.put("line", f.function() == null ? null : (Integer) f.line());
    node.put("reason", f.reason());
    node.put("text", f.text());
    node.set("report", Json.stored(f.report()));
    return node;
  }

  private static ObjectNode entry(TimelineEntry e) {
    return Json.object()
        .put("at", Json.time(e.at()))
        .put("kind", e.kind())
        .put("state", e.state())
        .put("title", e.title())
        .put("text", e.text());
  }
}
