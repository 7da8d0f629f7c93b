package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The good answers of a chunk that is not whole yet, so that only what is missing is asked again: a
 * chunk takes a hundred answers, and where a third of all is bad a hundred good ones in a row do
 * not come. What a step brought is kept until the chunk is whole, what a part of a step brought
 * until that is done. For one thread at a time; {@link #answered} for any.
 */
final class Kept {
  /** So many bad answers one after another end a pass: then it is no moment, the server is down. */
  private static final int MOST_BAD = 3;

  /** Values of parts, 48 MB of them; what is beyond is asked again with its step. */
  private static final long MOST_VALUES = ChunkSize.IN_ALL;

  /** One or more questions. */
  @FunctionalInterface
  interface Asking<T> {
    T ask() throws PrometheusException, PartialAnswerException;
  }

  private record Part(Object found, long values) {}

  private final AtomicLong answered = new AtomicLong();
  private final Map<String, Object> steps = new HashMap<>();
  private final Map<String, Map<String, Part>> parts = new HashMap<>();
  private @Nullable Slots range;
  private String step = "";
  private long values;
  private int bad;
  private @Nullable Exception failure;

  /**
   * Begins a pass. Of other slots nothing is kept.
   *
   * @return whether it is the first for these slots
   */
  boolean begin(Slots wanted) {
    bad = 0;
    failure = null;
    if (wanted.equals(range)) {
      return false;
    }
    forget();
    range = wanted;
    return true;
  }

  /** How many answers were of use so far, in all chunks. */
  long answered() {
    return answered.get();
  }

  /** A step without which the others cannot be asked. */
  <T> T need(String name, Asking<T> asking) throws PrometheusException, PartialAnswerException {
    @SuppressWarnings("unchecked") // a name asks for the same in every pass
    T known = (T) steps.get(name);
    if (known != null) {
      return known;
    }
    step = name;
    T found = asking.ask();
    useful();
    steps.put(name, found);
    Map<String, Part> done = parts.remove(name);
    if (done != null) {
      done.values().forEach(part -> values -= part.values);
    }
    return found;
  }

  /**
   * A step of its own: those after it are asked although its answer is bad, unless the server fails
   * altogether.
   *
   * @param otherwise in place of what is missing; {@link #whole} then fails
   */
  <T> T want(String name, Asking<T> asking, T otherwise)
      throws PrometheusException, PartialAnswerException {
    try {
      return need(name, asking);
    } catch (PrometheusException e) {
      switch (e.reason()) {
        case STATUS, NOT_JSON, TRUNCATED -> isBad(e);
        default -> throw e;
      }
    } catch (PartialAnswerException e) {
      isBad(e);
    }
    return otherwise;
  }

  /**
   * One of the questions of a step.
   *
   * @param size how many values an answer holds
   */
  <T> T part(String name, ToLongFunction<T> size, Asking<T> asking)
      throws PrometheusException, PartialAnswerException {
    Map<String, Part> ofStep = parts.computeIfAbsent(step, s -> new HashMap<>());
    Part known = ofStep.get(name);
    if (known != null) {
      @SuppressWarnings("unchecked") // as above
      T before = (T) known.found;
      return before;
    }
    T found = asking.ask();
    long more = size.applyAsLong(found);
    if (values + more <= MOST_VALUES) {
      useful();
      values += more;
      ofStep.put(name, new Part(found, more));
    }
    return found;
  }

  /** Ends a pass in which nothing was bad; nothing is kept any more. */
  void whole() throws PrometheusException, PartialAnswerException {
    throwFailure();
    forget();
    range = null;
  }

  private void useful() {
    bad = 0;
    answered.incrementAndGet();
  }

  private void isBad(Exception why) throws PrometheusException, PartialAnswerException {
    failure = failure == null ? why : failure;
    if (++bad == MOST_BAD) {
      throwFailure();
    }
  }

  private void throwFailure() throws PrometheusException, PartialAnswerException {
    if (failure instanceof PrometheusException e) {
      throw e;
    }
    if (failure instanceof PartialAnswerException e) {
      throw e;
    }
  }

  private void forget() {
    steps.clear();
    parts.clear();
    values = 0;
  }
}
