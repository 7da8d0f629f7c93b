package dev.tidemark.webhook.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.webhook.journal.Approval;
import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.EpisodeEvent;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.Finding;
import dev.tidemark.webhook.journal.JournalView;
import dev.tidemark.webhook.journal.Slice;
import dev.tidemark.webhook.journal.StepRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line: {@code time, episode, what, …}; keys are only ever added.
 * docs/episodes.md lists them.
 */
public final class AuditLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JournalView journal;

  public AuditLines(JournalView journal) {
    this.journal = journal;
  }

  private record Line(Instant at, ObjectNode node) {}

  /** Every episode, the oldest first. */
  public void all(Consumer<String> out) {
    List<String> ids = new ArrayList<>();
    String after = null;
    do {
      Slice<Episode> slice = journal.episodes(null, JournalView.MAX_LIMIT, after);
      slice.items().forEach(episode -> ids.add(episode.id()));
      after = slice.next();
    } while (after != null);
    for (int i = ids.size() - 1; i >= 0; i--) {
      of(ids.get(i), out);
    }
  }

  /** All that happened to one episode, by time; false when there is none. */
  public boolean of(String id, Consumer<String> out) {
    Optional<Episode> found = journal.episode(id);
    if (found.isEmpty()) {
      return false;
    }
    List<Line> lines = new ArrayList<>();
    journal.events(id).forEach(event -> lines.add(event(found.get(), event)));
    journal.execution(id).ifPresent(execution -> executed(execution, lines));
    journal.decisions(id).forEach(decision -> lines.add(decision(decision)));
    journal.approvals(id).forEach(approval -> lines.add(approval(approval)));
    journal.steps(id).forEach(step -> steps(step, lines));
    journal.evidence(id).forEach(evidence -> lines.add(evidence(evidence)));
    journal.findings(id).forEach(finding -> lines.add(finding(finding)));
    lines.sort(Comparator.comparing(Line::at)); // stable: of one time, in the order above
    lines.forEach(line -> out.accept(line.node().toString()));
    ended(found.get(), out);
    return true;
  }

  private static Line event(Episode episode, EpisodeEvent event) {
    Line line = line(event.at(), event.episode(), "episode-" + event.kind().text());
    line.node().put("text", event.text());
    if (event.kind() == EpisodeEvent.Kind.OPENED) {
      line.node().put("alertname", episode.alertname());
      line.node().put("startsAt", episode.startsAt().toString());
      ObjectNode labels = line.node().putObject("labels");
      episode.labels().forEach(labels::put);
    }
    return line;
  }

  private static void executed(Execution execution, List<Line> lines) {
    Line planned = line(execution.createdAt(), execution.episode(), "planned");
    planned.node().put("playbook", execution.playbook());
    planned.node().put("mode", execution.mode());
    planned.node().put("target", execution.target());
    planned.node().put("planHash", execution.planHash());
    lines.add(planned);
    if (execution.startedAt() != null) {
      lines.add(line(execution.startedAt(), execution.episode(), "started"));
    }
  }

  private static Line decision(Decision decision) {
    Line line = line(decision.at(), decision.episode(), "decision");
    line.node().put("policy", decision.policy());
    line.node().put("verdict", decision.verdict().text());
    line.node().put("reason", decision.reason());
    time(line.node(), "until", decision.until());
    return line;
  }

  private static Line approval(Approval approval) {
    Line line =
        line(approval.at(), approval.episode(), approval.approved() ? "approved" : "refused");
    line.node().put("user", approval.user());
    line.node().put("planHash", approval.planHash());
    line.node().put("comment", approval.comment());
    return line;
  }

  private static void steps(StepRecord step, List<Line> lines) {
    Line intent = line(step.intendedAt(), step.episode(), "step-intent");
    step(intent.node(), step);
    intent.node().put("intent", step.intent());
    lines.add(intent);
    if (step.outcomeAt() != null) {
      Line outcome = line(step.outcomeAt(), step.episode(), "step-outcome");
      step(outcome.node(), step);
      outcome.node().put("state", step.state().text());
      outcome.node().put("attempts", step.attempts());
      outcome.node().put("text", step.text());
      lines.add(outcome);
    }
  }

  private static void step(ObjectNode node, StepRecord step) {
    node.put("step", step.id());
    node.put("phase", step.phase().text());
    node.put("kind", step.kind());
  }

  private static Line evidence(Evidence evidence) {
    Line line = line(evidence.at(), evidence.episode(), "evidence");
    line.node().put("step", evidence.step());
    line.node().put("name", evidence.name());
    line.node().put("bytes", evidence.bytes());
    line.node().put("sha256", evidence.sha256());
    return line;
  }

  private static Line finding(Finding finding) {
    Line line = line(finding.at(), finding.episode(), "finding");
    line.node().put("step", finding.step());
    line.node().put("evidence", finding.evidence());
    line.node().put("verdict", finding.verdict());
    line.node().put("text", finding.text());
    return line;
  }

  /** Last, whatever its time: what came of it. */
  private void ended(Episode episode, Consumer<String> out) {
    Instant at =
        journal
            .execution(episode.id())
            .map(Execution::finishedAt)
            .orElse(episode.closedAt() == null ? episode.openedAt() : episode.closedAt());
    Line line = line(at == null ? episode.lastFiringAt() : at, episode.id(), "outcome");
    line.node().put("status", episode.status().text());
    line.node().put("outcome", episode.outcome() == null ? null : episode.outcome().text());
    line.node().put("text", episode.outcomeText());
    line.node().put("escalated", episode.escalated());
    out.accept(line.node().toString());
  }

  private static Line line(Instant at, String episode, String what) {
    ObjectNode node = JSON.createObjectNode();
    node.put("time", at.toString());
    node.put("episode", episode);
    node.put("what", what);
    return new Line(at, node);
  }

  private static void time(ObjectNode node, String key, @Nullable Instant at) {
    if (at != null) {
      node.put(key, at.toString());
    }
  }
}
