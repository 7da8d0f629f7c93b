package dev.tidemark.webhook.playbook;

import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.yaml.Default;
import java.time.Duration;
import java.util.List;

/**
 * Captures profiles from the target.
 *
 * @param maxBytes of each profile
 * @param timeout of each profile
 * @param fullDumpUpTo goroutines up to which {@code goroutine?debug=2} is asked: it stops the
 *     target for seconds and costs it some kilobytes a goroutine beyond that
 */
public record PprofSpec(
    @Default("['goroutineleak?debug=1', 'goroutine?debug=1', heap]") List<Profile> profiles,
    @Default("64Mi") ByteSize maxBytes,
    @Default("30s") Duration timeout,
    @Default("10000") int fullDumpUpTo) {
  public PprofSpec {
    if (profiles.isEmpty()) {
      throw new IllegalArgumentException("profiles: at least one is needed");
    }
    if (profiles.stream().distinct().count() < profiles.size()) {
      throw new IllegalArgumentException("profiles: one stands twice");
    }
  }
}
