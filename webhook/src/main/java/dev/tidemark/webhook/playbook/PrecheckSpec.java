package dev.tidemark.webhook.playbook;

/** What must hold before anything is done. No data is a no. */
public record PrecheckSpec(Query promql) {
  /** Every value of the answer must fulfil the condition. */
  public record Query(PromqlTemplate expr, Condition success) {}
}
