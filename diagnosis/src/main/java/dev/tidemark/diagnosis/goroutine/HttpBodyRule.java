package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * The reader of an outgoing HTTP connection is idle in IO wait; in a select it waits for somebody
 * to read or close the body it has handed out.
 */
final class HttpBodyRule implements Rule {
  /** The connection was dialled by a goroutine of its own, which is gone, and serves many. */
  private static final String WHERE = "; no dump tells who asked";

  @Override
  public String id() {
    return "goroutine-http-body";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    boolean writer = group.calls(Functions.WRITE_LOOP);
    if (!group.isState("select") || !(writer || group.calls(Functions.READ_LOOP))) {
      return Optional.empty();
    }
    long open =
        scene.dump().groups().stream()
            .filter(other -> other.isState("select") && other.calls(Functions.READ_LOOP))
            .mapToLong(StackGroup::count)
            .sum();
    long read = scene.calling("net/http.(*bodyEOFSignal).Read");
    long left = open - read;
    if (left < 1 || (writer && left * 2 < group.count())) {
      return Optional.empty();
    }
    String reason =
        (writer ? "the writing halves of " : "")
            + left
            + (left == 1 ? " HTTP response" : " HTTP responses")
            + " whose body nobody has read to its end or closed"
            + Count.oldest(group)
            + (writer ? "" : WHERE);
    boolean sure = left > scene.wakers().atWork(group);
    return Optional.of(sure ? Finding.leak(id(), reason) : Finding.suspect(id(), reason));
  }
}
