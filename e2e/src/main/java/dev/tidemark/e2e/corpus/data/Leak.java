package dev.tidemark.e2e.corpus.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What leaks in a target, as the program was told.
 *
 * @param kind of the service's leaks
 * @param signal the one that leaks first
 * @param raises every signal that has to rise with it: more goroutines also take stack and heap
 * @param start epoch seconds of the corpus
 * @param perHour goroutines, or bytes of the signal that leaks
 * @param limit of {@code limitOf}
 * @param limitOf the signal at whose limit the process ends
 * @param reached when it was, or would be at the true rate, epoch seconds
 * @param seen whether the process came to its limit while it was recorded
 */
public record Leak(
    String kind,
    String signal,
    List<String> raises,
    double start,
    double perHour,
    double limit,
    String limitOf,
    @Nullable Double reached,
    boolean seen) {
  public Leak {
    raises = List.copyOf(raises);
  }

  /** The same with its end known. */
  public Leak reachedAt(double time, boolean wasSeen) {
    return new Leak(kind, signal, raises, start, perHour, limit, limitOf, time, wasSeen);
  }

  /** Epoch seconds. */
  public double end() {
    if (reached == null) {
      throw new IllegalStateException("it is not known when the limit is reached");
    }
    return reached;
  }
}
