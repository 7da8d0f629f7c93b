package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/** A nil channel never becomes ready: whoever waits on one waits for ever. */
final class NilChannelRule implements Rule {
  @Override
  public String id() {
    return "goroutine-nil-channel";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    return group.isState("chan send (nil chan)", "chan receive (nil chan)")
        ? Optional.of(
            Finding.leak(
                id(),
                Count.of(group)
                    + " blocked on a nil channel, which never becomes ready"
                    + Count.oldest(group)))
        : Optional.empty();
  }
}
