package dev.tidemark.e2e.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for something a real server does, looking a few times a second until a deadline. */
public final class Await {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Await() {}

  /**
   * Looks once: the answer, or empty when it is not there yet. Failing means not there yet, too.
   */
  @FunctionalInterface
  public interface Probe<T> {
    Optional<T> look() throws Exception;
  }

  /** Looks once: whether it is so by now. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /**
   * Returns the probe's first answer.
   *
   * @throws NotReached after {@code atMost}, or at once when one of {@code needed} has ended; its
   *     message tells what was last seen and the end of their logs
   */
  public static <T> T until(String what, Duration atMost, Probe<T> probe, OwnedProcess... needed)
      throws NotReached, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    String last = "nothing yet";
    while (true) {
      try {
        Optional<T> found = probe.look();
        if (found.isPresent()) {
          return found.get();
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        last = e.toString();
      }
      for (OwnedProcess process : needed) {
        if (!process.isAlive()) {
          throw new NotReached(what + ": " + process.describe());
        }
      }
      if (System.nanoTime() > deadline) {
        throw new NotReached(message(what, atMost, last, needed));
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }
  }

  /** The same for a condition. */
  public static void that(String what, Duration atMost, Condition condition, OwnedProcess... needed)
      throws NotReached, InterruptedException {
    Boolean unused =
        until(
            what,
            atMost,
            () -> condition.holds() ? Optional.of(true) : Optional.<Boolean>empty(),
            needed);
  }

  private static String message(String what, Duration atMost, String last, OwnedProcess... needed) {
    StringBuilder text = new StringBuilder(what);
    text.append(": not within ").append(atMost.toSeconds()).append(" s; last seen: ").append(last);
    for (OwnedProcess process : needed) {
      text.append('\n').append(process.describe());
    }
    return text.toString();
  }

  /** What was waited for did not come; the message says what was seen instead. */
  public static final class NotReached extends Exception {
    private static final long serialVersionUID = 1;

    public NotReached(String message) {
      super(message);
    }
  }
}
