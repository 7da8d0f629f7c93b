package dev.tidemark.signals.target;

import java.util.regex.Pattern;

/**
 * What Kubernetes appends to names, taken off again. Hashes and random suffixes use an alphabet
 * without vowels and without 0, 1 and 3 (k8s.io/apimachinery/pkg/util/rand), so a word of a
 * workload's own name is hardly ever mistaken for one. A hash is the encoding of a 32-bit number:
 * one shorter than six characters has a chance below 0.003 % and is taken for a word.
 */
final class PodNames {
  private static final String SAFE = "[bcdfghjklmnpqrstvwxz2456789]";
  private static final Pattern HASH = Pattern.compile("-" + SAFE + "{6,10}$");
  private static final Pattern RANDOM = Pattern.compile("-" + SAFE + "{5}$");
  private static final Pattern ORDINAL = Pattern.compile("-[0-9]{1,6}$");
  private static final Pattern SCHEDULED_MINUTE = Pattern.compile("-[0-9]{8,10}$");

  private PodNames() {}

  /** The Deployment of a ReplicaSet, or its own name where it bears no hash. */
  static String deployment(String replicaSet) {
    return without(HASH, replicaSet);
  }

  /** The CronJob of a Job, or the Job's own name. */
  static String cronJob(String job) {
    return without(SCHEDULED_MINUTE, job);
  }

  /** The name of a pod whose owner is unknown, without hash, random suffix or ordinal. */
  static String workload(String pod) {
    String base = without(RANDOM, pod);
    if (base.equals(pod)) {
      return without(ORDINAL, pod);
    }
    String job = cronJob(base);
    return job.equals(base) ? deployment(base) : job;
  }

  private static String without(Pattern suffix, String name) {
    String rest = suffix.matcher(name).replaceFirst("");
    return rest.isEmpty() ? name : rest;
  }
}
