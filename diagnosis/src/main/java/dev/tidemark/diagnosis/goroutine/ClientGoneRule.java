package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/**
 * Requests that wait on for a minute and more though no client is there any more: net/http watches
 * the client of each request whose body is read, and nobody watches these. Their context is done,
 * and what they wait for does not end with it.
 */
final class ClientGoneRule implements Rule {
  private static final String HTTP2 = "net/http.(*http2serverConn).serve";

  @Override
  public String id() {
    return "goroutine-client-gone";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (group.oldest() < 1
        || !group.calls(Relations.SERVE)
        || group.calls(HTTP2)
        || !Waits.of(group).needsSomebody()) {
      return Optional.empty();
    }
    boolean told = group.members().stream().anyMatch(member -> member.parent() > 0);
    boolean alone =
        told
            ? scene.wakers().startedBy(group).stream().noneMatch(scene.wakers()::canGoOn)
            : scene.calling(Relations.WATCHER) == 0;
    return alone
        ? Optional.of(
            Finding.suspect(
                id(),
                Count.of(group)
                    + " answering a request, blocked on one "
                    + Waits.of(group).words()
                    + Count.oldest(group)
                    + ": the client has gone, or its body was not read, and nothing cancels the"
                    + " wait"))
        : Optional.empty();
  }
}
