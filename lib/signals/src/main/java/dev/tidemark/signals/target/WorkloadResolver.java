package dev.tidemark.signals.target;

import dev.tidemark.signals.metric.SourceMetrics;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the workload of a target: the owning controller where {@code kube_pod_owner} tells it, else
 * the pod's name without hash or ordinal, else the job. Immutable and safe for any thread.
 */
public final class WorkloadResolver {
  /** The rows {@link #fromOwners} reads; aggregated, so two kube-state-metrics do no harm. */
  public static final String OWNERS_EXPR =
      "max by (cluster, namespace, pod, owner_kind, owner_name)"
          + " ("
          + SourceMetrics.POD_OWNER
          + "{owner_is_controller=\"true\"})";

  private record Pod(String cluster, String namespace, String name) {}

  private record Owner(String kind, String name) {}

  private final Map<Pod, Owner> owners;

  private WorkloadResolver(Map<Pod, Owner> owners) {
    this.owners = owners;
  }

  /** Knows no owner: names decide. */
  public static WorkloadResolver byNames() {
    return new WorkloadResolver(Map.of());
  }

  /**
   * @param rows label sets of {@link #OWNERS_EXPR}; rows without a pod or an owner are passed over,
   *     and of two rows of one pod the owner whose name sorts first counts, so order is no matter
   */
  public static WorkloadResolver fromOwners(Collection<Map<String, String>> rows) {
    Map<Pod, Owner> owners = new HashMap<>();
    for (Map<String, String> row : rows) {
      Owner owner = new Owner(text(row, "owner_kind"), text(row, "owner_name"));
      Pod pod = new Pod(text(row, "cluster"), text(row, "namespace"), text(row, "pod"));
      boolean named = !owner.name().isEmpty() && !owner.name().equals("<none>");
      if (!pod.name().isEmpty() && named) {
        owners.merge(pod, owner, (a, b) -> a.name().compareTo(b.name()) <= 0 ? a : b);
      }
    }
    return new WorkloadResolver(Map.copyOf(owners));
  }

  /**
   * The workload of a series or target by its labels; empty where they name neither pod nor job.
   */
  public Optional<Workload> resolve(Map<String, String> labels) {
    String cluster = text(labels, "cluster");
    String namespace = text(labels, "namespace");
    String pod = text(labels, "pod");
    if (pod.isEmpty()) {
      String job = text(labels, "job");
      String name = job.isEmpty() ? text(labels, "instance") : job;
      return name.isEmpty()
          ? Optional.empty()
          : Optional.of(new Workload(cluster, namespace, Workload.Kind.SCRAPE_JOB, name));
    }
    Owner owner = owners.get(new Pod(cluster, namespace, pod));
    return Optional.of(
        owner == null
            ? new Workload(cluster, namespace, Workload.Kind.POD_NAME, PodNames.workload(pod))
            : owned(cluster, namespace, pod, owner));
  }

  /** The workload that a user's own labels make; empty where the series has none of them. */
  public static Optional<Workload> byLabels(Map<String, String> labels, List<String> names) {
    String name =
        names.stream()
            .map(label -> text(labels, label))
            .filter(value -> !value.isEmpty())
            .collect(Collectors.joining("/"));
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Workload(
                text(labels, "cluster"), text(labels, "namespace"), Workload.Kind.LABELS, name));
  }

  private static Workload owned(String cluster, String namespace, String pod, Owner owner) {
    String name = owner.name();
    return switch (owner.kind()) {
      case "ReplicaSet" -> {
        String deployment = PodNames.deployment(name);
        Workload.Kind kind =
            deployment.equals(name) ? Workload.Kind.REPLICA_SET : Workload.Kind.DEPLOYMENT;
        yield new Workload(cluster, namespace, kind, deployment);
      }
      case "Job" -> {
        String cronJob = PodNames.cronJob(name);
        Workload.Kind kind = cronJob.equals(name) ? Workload.Kind.JOB : Workload.Kind.CRON_JOB;
        yield new Workload(cluster, namespace, kind, cronJob);
      }
      case "StatefulSet" -> new Workload(cluster, namespace, Workload.Kind.STATEFUL_SET, name);
      case "DaemonSet" -> new Workload(cluster, namespace, Workload.Kind.DAEMON_SET, name);
      case "Node" -> new Workload(cluster, namespace, Workload.Kind.NODE, staticPod(pod, name));
      default -> new Workload(cluster, namespace, Workload.Kind.OTHER, name);
    };
  }

  /** A static pod is named after its node: {@code kube-proxy-a7} on {@code a7}. */
  private static String staticPod(String pod, String node) {
    String suffix = "-" + node;
    return pod.endsWith(suffix) && pod.length() > suffix.length()
        ? pod.substring(0, pod.length() - suffix.length())
        : pod;
  }

  private static String text(Map<String, String> labels, String name) {
    return labels.getOrDefault(name, "");
  }
}
