package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * Receivers and other waiters for somebody: idle workers look the same, so age alone is no reason.
 * Many of them, of all ages up to an old one, is what a leak leaves behind.
 */
final class ReceiveRule implements Rule {
  private static final long OLD = 10;

  @Override
  public String id() {
    return "goroutine-blocked-receive";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    Waits waits = Waits.of(group);
    boolean fits = waits == Waits.RECEIVE || waits == Waits.GROUP || waits == Waits.CONDITION;
    WaitMinutes waited = group.waited();
    if (!fits || waited == null || !scene.isPile(group, 100, 0.1)) {
      return Optional.empty();
    }
    boolean allAges = waited.min() <= waited.max() / 2;
    if (waited.max() < OLD || !allAges) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.suspect(
            id(),
            Count.of(group)
                + " blocked on one "
                + waits.words()
                + ", for "
                + waited.min()
                + " to "
                + waited.max()
                + " min: idle workers, or more each minute"));
  }
}
