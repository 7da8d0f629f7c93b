package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * Requests that wait on for a minute and more though no client is there any more: net/http watches
 * the client of each request whose body is read, and nobody watches these. Their context is done,
 * and what they wait for does not end with it.
 */
final class ClientGoneRule implements Rule {
  @Override
  public String id() {
    return "goroutine-client-gone";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (group.oldest() < 1
        || !group.calls(Functions.SERVE)
        || !Waits.of(group).needsSomebody()
        || scene.wakers().isKnownToWhoGoesOn(group)) {
      return Optional.empty();
    }
    long alone = alone(group, scene);
    return 2 * alone > group.count()
        ? Optional.of(
            Finding.suspect(
                id(),
                Count.of(group)
                    + " answering a request, blocked on one "
                    + Waits.of(group).words()
                    + Count.oldest(group)
                    + ": "
                    + (alone == group.count() ? "the client has" : alone + " clients have")
                    + " gone, or the body was not read, and nothing cancels the wait"))
        : Optional.empty();
  }

  /** How many have no client; 0 where a part of them or of the watchers is not told. */
  private static long alone(StackGroup group, Scene scene) {
    boolean told = group.members().stream().anyMatch(member -> member.parent() > 0);
    if (!told) {
      return scene.calling(Functions.WATCHER) == 0 ? group.count() : 0;
    }
    boolean all =
        scene.dump().groups().stream()
            .filter(other -> other.calls(Functions.WATCHER))
            .allMatch(other -> other.members().size() == other.count());
    return all && group.members().size() == group.count()
        ? group.members().stream().filter(member -> !scene.wakers().hasWorkingChild(member)).count()
        : 0;
  }
}
