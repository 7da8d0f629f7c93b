package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * A request that shuts down the server that answers it: Shutdown waits until every request is
 * answered, this one too. Whoever accepted it for another server is still at that.
 */
final class OwnShutdownRule implements Rule {
  private static final String SHUTDOWN = "net/http.(*Server).Shutdown";

  @Override
  public String id() {
    return "goroutine-own-shutdown";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (!group.calls(SHUTDOWN) || !group.calls(Functions.SERVE)) {
      return Optional.empty();
    }
    boolean another =
        scene.wakers().startersOf(group).stream()
            .anyMatch(starter -> starter.calls(Functions.SERVER));
    return another
        ? Optional.empty()
        : Optional.of(
            Finding.suspect(
                id(),
                Count.of(group)
                    + " answering a request that shuts its own server down, which waits for the"
                    + " answer (net/http: call Shutdown in a goroutine of its own)"));
  }
}
