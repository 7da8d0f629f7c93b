package dev.tidemark.webhook.playbook;

/** What a limit is counted over. One webhook acts on one cluster, so CLUSTER is all of them. */
public enum Per {
  TARGET,
  WORKLOAD,
  PLAYBOOK,
  CLUSTER
}
