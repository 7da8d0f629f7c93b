package dev.tidemark.diagnosis.size;

import org.jspecify.annotations.Nullable;

/**
 * What there is to fit into.
 *
 * @param limit memory limit, bytes
 * @param cpus limit of CPU in cores; null when there is none or it is not known
 */
public record SizeOptions(long limit, @Nullable Double cpus) {
  public SizeOptions {
    if (limit <= 0 || (cpus != null && !(cpus > 0))) {
      throw new IllegalArgumentException("needs a limit and CPUs above 0");
    }
  }
}
