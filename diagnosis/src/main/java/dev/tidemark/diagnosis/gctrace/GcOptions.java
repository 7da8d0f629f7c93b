package dev.tidemark.diagnosis.gctrace;

import org.jspecify.annotations.Nullable;

/**
 * What a log cannot tell.
 *
 * @param limit memory limit of the container, bytes
 * @param gomemlimit GOMEMLIMIT of the process, bytes
 */
public record GcOptions(@Nullable Long limit, @Nullable Long gomemlimit) {
  public static GcOptions none() {
    return new GcOptions(null, null);
  }
}
