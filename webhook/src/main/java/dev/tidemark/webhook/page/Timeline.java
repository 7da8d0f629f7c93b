package dev.tidemark.webhook.page;

import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.EpisodeEvent;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.StepPhase;
import dev.tidemark.webhook.journal.StepRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts all that happened to an episode in the order in which it happened. A pure function. */
final class Timeline {
  private Timeline() {}

  /** Oldest first; what carries the same time keeps the order in which it comes about. */
  static List<TimelineEntry> of(Dossier dossier) {
    List<TimelineEntry> all = new ArrayList<>();
    dossier.events().forEach(e -> all.add(event(e)));
    dossier.execution().ifPresent(e -> planned(e, all));
    dossier.decisions().forEach(d -> all.add(decision(d)));
    dossier
        .approvals()
        .forEach(
            a ->
                all.add(
                    new TimelineEntry(
                        a.at(),
                        "approval",
                        a.approved() ? "approved" : "refused",
                        a.user(),
                        a.comment())));
    dossier.steps().forEach(s -> step(s, all));
    dossier.evidence().forEach(e -> all.add(evidence(e)));
    dossier
        .findings()
        .forEach(
            f -> all.add(new TimelineEntry(f.at(), "finding", f.verdict(), "finding", f.text())));
    dossier.execution().ifPresent(e -> finished(e, all));
    all.sort(Comparator.comparing(TimelineEntry::at));
    return List.copyOf(all);
  }

  private static TimelineEntry event(EpisodeEvent event) {
    String kind =
        switch (event.kind()) {
          case OPENED, REOPENED, LATE_FIRING -> "received";
          case RESOLVED, LATE_RESOLVE, EXPIRED, CANCELLED -> "resolved";
        };
    return new TimelineEntry(event.at(), kind, event.kind().text(), "alert", event.text());
  }

  private static TimelineEntry decision(Decision d) {
    String text = d.until() == null ? d.reason() : d.reason() + " (until " + d.until() + ")";
    return new TimelineEntry(d.at(), "decision", d.verdict().text(), d.policy(), text);
  }

  private static void planned(Execution e, List<TimelineEntry> all) {
    all.add(
        new TimelineEntry(
            e.createdAt(), "plan", e.mode(), e.playbook(), "playbook taken, target " + e.target()));
  }

  private static void finished(Execution e, List<TimelineEntry> all) {
    if (e.finishedAt() != null) {
      String state = e.outcome() == null ? e.state().text() : e.outcome().text();
      all.add(new TimelineEntry(e.finishedAt(), "outcome", state, e.playbook(), e.outcomeText()));
    }
  }

  private static void step(StepRecord s, List<TimelineEntry> all) {
    String kind = s.phase() == StepPhase.VERIFY ? "verification" : "step";
    String phase = s.phase() == StepPhase.STEPS ? "step" : s.phase().text();
    String title = phase + " " + (s.index() + 1) + ": " + s.kind();
    all.add(new TimelineEntry(s.intendedAt(), kind, "intended", title, s.intent()));
    if (s.outcomeAt() != null) {
      String text = s.attempts() > 1 ? s.text() + " (attempt " + s.attempts() + ")" : s.text();
      all.add(new TimelineEntry(s.outcomeAt(), kind, s.state().text(), title, text));
    }
  }

  private static TimelineEntry evidence(Evidence e) {
    return new TimelineEntry(
        e.at(), "evidence", "saved", e.name(), Amounts.bytes(e.bytes()) + ", " + e.contentType());
  }
}
