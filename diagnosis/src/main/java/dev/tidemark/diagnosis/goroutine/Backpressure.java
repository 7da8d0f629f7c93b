package dev.tidemark.diagnosis.goroutine;

/**
 * Whether senders wait because who receives is slow, or limits how many there are, as is healthy;
 * or are more than anybody would receive from.
 */
final class Backpressure {
  /** Senders that wait for a request's handler are as many as it started, which are few. */
  private static final int EACH = 4;

  private static final int CROWD = 10;

  private final Wakers wakers;

  Backpressure(Wakers wakers) {
    this.wakers = wakers;
  }

  /**
   * Whether senders are more than could be received from. Who is parked in a select would receive,
   * did it wait for them; who began as they did comes to send itself; who waits for somebody else,
   * or serves a request, has to do with few senders.
   */
  boolean areTooMany(StackGroup senders) {
    if (areAwaitedByChildren(senders)) {
      return false;
    }
    boolean told = senders.members().stream().anyMatch(member -> member.parent() > 0);
    long room = 0;
    for (StackGroup other : wakers.related(senders)) {
      boolean receives =
          wakers.canWake(other, senders)
              && Waits.of(other) != Waits.SELECT
              && !other.calls(Functions.ACCEPT)
              && !Kin.beginAlike(senders, other);
      boolean few = Waits.of(other).needsSomebody();
      if (receives && !few && (told || !other.calls(Functions.SERVE))) {
        return false;
      }
      room += receives ? Math.max(EACH * other.count(), CROWD) : 0;
    }
    return senders.count() > room;
  }

  /**
   * Whether each started somebody where it waits who goes on: it limits how many it starts. Where
   * starters are not told, one for all.
   */
  boolean areAwaitedByChildren(StackGroup senders) {
    Frame at = senders.blockedAt();
    if (at == null) {
      return false;
    }
    boolean told = senders.members().stream().anyMatch(member -> member.parent() > 0);
    return told
        ? senders.members().stream()
            .allMatch(
                member ->
                    wakers.startedBy(member).stream()
                        .anyMatch(child -> wakers.canGoOn(child) && beganIn(child, at)))
        : wakers.related(senders).stream()
            .anyMatch(child -> wakers.canGoOn(child) && beganIn(child, at));
  }

  private static boolean beganIn(StackGroup child, Frame at) {
    Frame by = child.createdBy();
    return by == null ? Kin.beganWithin(child, at.function()) : by.function().equals(at.function());
  }
}
