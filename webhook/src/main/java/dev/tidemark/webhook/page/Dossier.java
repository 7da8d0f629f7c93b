package dev.tidemark.webhook.page;

import dev.tidemark.webhook.journal.Approval;
import dev.tidemark.webhook.journal.Decision;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.EpisodeEvent;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.Execution;
import dev.tidemark.webhook.journal.ExecutionState;
import dev.tidemark.webhook.journal.Finding;
import dev.tidemark.webhook.journal.JournalView;
import dev.tidemark.webhook.journal.StepRecord;
import dev.tidemark.webhook.step.notify.Told;
import java.util.List;
import java.util.Optional;

/** All that the journal holds of one episode. */
record Dossier(
    Episode episode,
    Optional<Execution> execution,
    List<EpisodeEvent> events,
    List<Decision> decisions,
    List<StepRecord> steps,
    List<Evidence> evidence,
    List<Finding> findings,
    List<Approval> approvals) {

  /** Reads it; blocks on disk. Empty when there is no such episode. */
  static Optional<Dossier> read(JournalView journal, String id) {
    return journal
        .episode(id)
        .map(
            episode ->
                new Dossier(
                    episode,
                    journal.execution(id),
                    journal.events(id),
                    journal.decisions(id),
                    journal.steps(id),
                    journal.evidence(id),
                    journal.findings(id),
                    journal.approvals(id)));
  }

  /** The plan a person is asked about, if one is. */
  Optional<Execution> waiting() {
    return execution.filter(e -> e.state() == ExecutionState.WAITING_APPROVAL);
  }

  /** The finding that people are told. */
  Optional<Finding> finding() {
    return Optional.ofNullable(Told.worst(findings));
  }
}
