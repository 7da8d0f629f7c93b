package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * The reader of an outgoing HTTP connection is idle in IO wait; in a select it waits for somebody
 * to read or close the body it has handed out.
 */
final class HttpBodyRule implements Rule {
  private static final long MANY = 100;
  private static final long OLD = 5;

  @Override
  public String id() {
    return "goroutine-http-body";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (Waits.of(group) != Waits.SELECT
        || !group.calls("net/http.(*persistConn).readLoop")
        || group.count() < MANY) {
      return Optional.empty();
    }
    String reason =
        group.count()
            + " HTTP responses whose body nobody has read to its end or closed"
            + Count.oldest(group);
    return Optional.of(
        group.oldest() >= OLD ? Finding.leak(id(), reason) : Finding.suspect(id(), reason));
  }
}
