package dev.tidemark.webhook.journal;

import static dev.tidemark.webhook.journal.Sent.at;
import static java.util.Objects.requireNonNull;

/** Executions as tests need them. */
final class Executions {
  private Executions() {}

  static Execution planned(String id, Receipt receipt) {
    String episode = requireNonNull(receipt.alerts().get(0).episode());
    return new Execution(
        id,
        episode,
        "p",
        "hash",
        "{}",
        "auto",
        "t",
        "w",
        ExecutionState.PLANNED,
        at(1),
        at(100),
        0,
        null,
        null,
        null,
        null,
        "",
        "{}");
  }

  static Execution in(Execution e, ExecutionState state) {
    return new Execution(
        e.id(),
        e.episode(),
        e.playbook(),
        e.planHash(),
        e.plan(),
        e.mode(),
        e.target(),
        e.workload(),
        state,
        e.createdAt(),
        state == ExecutionState.FINISHED ? null : e.wakeAt(),
        e.step(),
        e.startedAt(),
        e.actedAt(),
        e.finishedAt(),
        e.outcome(),
        e.outcomeText(),
        e.progress());
  }

  static Execution finished(Execution e) {
    return in(e, ExecutionState.FINISHED);
  }
}
