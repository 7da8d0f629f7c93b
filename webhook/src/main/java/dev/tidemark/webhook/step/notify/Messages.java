package dev.tidemark.webhook.step.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.Finding;
import dev.tidemark.webhook.step.StepContext;

/** The bodies that are posted. */
final class Messages {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Messages() {}

  /** Documented in docs/steps/notify.md; keys are only ever added. */
  static String webhook(StepContext context, String text) {
    Episode episode = context.episode();
    ObjectNode body = JSON.createObjectNode();
    body.put("version", "1");
    body.put("id", context.stepId());
    body.put("text", text);
    body.put("episode", episode.id());
    body.put("alertname", episode.alertname());
    body.put("status", episode.status().text());
    body.put("startsAt", episode.startsAt().toString());
    body.put("target", context.target().name());
    body.put("outcome", context.values().find("outcome").orElse(null));
    ObjectNode labels = body.putObject("labels");
    episode.labels().forEach(labels::put);
    Finding finding = Told.worst(context.findings());
    if (finding == null) {
      body.putNull("finding");
    } else {
      ObjectNode node = body.putObject("finding");
      node.put("verdict", finding.verdict());
      node.put("function", finding.function());
      node.put("file", finding.file());
      node.put("line", finding.line());
      node.put("reason", finding.reason());
      node.put("text", finding.text());
    }
    return body.toString();
  }

  /** Slack's incoming webhook; only these three characters have a meaning there. */
  static String slack(String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return JSON.createObjectNode().put("text", safe).toString();
  }
}
