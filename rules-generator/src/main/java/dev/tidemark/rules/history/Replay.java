package dev.tidemark.rules.history;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Evaluates an alert over the past, piece by piece. What is held is a bit for each series and
 * evaluation of one piece, and the state of every series that was ever there.
 */
public final class Replay {
  /** Evaluations asked for at once; the server allows 11000, and reads samples for all of them. */
  private static final int PIECE = 500;

  /** Below this it is the expression that is too dear, not the piece. */
  private static final int SMALLEST = 8;

  /** About 100 MB of labels; an alert of more series tells nobody anything. */
  static final int MOST_SERIES = 100_000;

  private static final Set<Reason> TOO_DEAR =
      Set.of(Reason.QUERY, Reason.TOO_LARGE, Reason.TRUNCATED);

  private final RangeSource source;
  private final Span span;
  private final Map<SortedMap<String, String>, Life> lives = new HashMap<>();
  private final Set<String> warnings = new TreeSet<>();
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;

  private Replay(RangeSource source, Span span) {
    this.source = source;
    this.span = span;
  }

  /**
   * What came of it.
   *
   * @param episodes by their beginning
   * @param warnings of the server; with any, episodes may be missing
   * @param heights of all samples; empty where there were none
   */
  public record Found(
      List<Episode> episodes, List<String> warnings, Optional<Replayed.Heights> heights) {
    public Found {
      episodes = List.copyOf(episodes);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The episodes of an alert.
   *
   * @param expr without recordings that the server lacks
   * @param labels of the rule, which take the place of the series' own
   * @throws PrometheusException where the server does not answer, or refuses even small pieces
   */
  public static Found of(
      RangeSource source, Span span, String expr, SortedMap<String, String> labels, Holds holds)
      throws PrometheusException {
    return new Replay(source, span).run(expr, labels, holds);
  }

  /**
   * How long an alert waits and lasts.
   *
   * @param waits {@code for}
   * @param keeps {@code keep_firing_for}
   */
  public record Holds(Duration waits, Duration keeps) {}

  private Found run(String expr, SortedMap<String, String> labels, Holds holds)
      throws PrometheusException {
    long at = 0;
    int piece = PIECE;
    boolean late = false;
    while (at < span.steps()) {
      int count = (int) Math.min(piece, span.steps() - at);
      Map<SortedMap<String, String>, BitSet> seen;
      try {
        seen = ask(expr, labels, at, count);
      } catch (PrometheusException e) {
        // where a quarter takes too long as well, it is not the piece: what looks back a week does
        // so for one evaluation, too
        boolean lateAgain = late || e.reason() != Reason.TIMEOUT;
        if ((lateAgain && !TOO_DEAR.contains(e.reason())) || count <= SMALLEST) {
          throw e;
        }
        late = e.reason() == Reason.TIMEOUT;
        piece = Math.max(SMALLEST, count / 4);
        continue;
      }
      seen.keySet()
          .forEach(
              key -> lives.computeIfAbsent(key, k -> new Life(k, holds.waits(), holds.keeps())));
      if (lives.size() > MOST_SERIES) {
        throw new PrometheusException(
            Reason.TOO_LARGE, "the alert has more than " + MOST_SERIES + " series", null);
      }
      for (Map.Entry<SortedMap<String, String>, Life> life : lives.entrySet()) {
        look(life.getValue(), seen.getOrDefault(life.getKey(), new BitSet()), at, count);
      }
      late = false;
      at += count;
    }
    List<Episode> episodes = new ArrayList<>();
    lives.values().forEach(life -> episodes.addAll(life.finish(span.to())));
    episodes.sort(Comparator.comparing(Episode::from).thenComparing(e -> e.labels().toString()));
    return new Found(
        episodes,
        List.copyOf(warnings),
        lowest <= highest ? Optional.of(new Replayed.Heights(lowest, highest)) : Optional.empty());
  }

  private void look(Life life, BitSet seen, long at, int count) {
    for (int i = 0; i < count; i++) {
      if (life.isOver()) {
        int next = seen.nextSetBit(i);
        if (next < 0) {
          return;
        }
        i = next;
      }
      life.look(span.at(at + i), seen.get(i));
    }
  }

  /** Taken only when the answer is whole. */
  private Map<SortedMap<String, String>, BitSet> ask(
      String expr, SortedMap<String, String> labels, long at, int count)
      throws PrometheusException {
    Map<SortedMap<String, String>, BitSet> seen = new HashMap<>();
    Instant start = span.at(at);
    long step = span.step().toMillis();
    List<String> said =
        source.range(
            expr,
            start,
            span.at(at + count - 1),
            span.step(),
            new SeriesSink() {
              private BitSet bits = new BitSet();

              @Override
              public void begin(Map<String, String> found) {
                SortedMap<String, String> key = new TreeMap<>(found);
                key.remove("__name__");
                key.putAll(labels);
                bits = seen.computeIfAbsent(key, k -> new BitSet(count));
              }

              @Override
              public void sample(long timestampMillis, double value) {
                bits.set((int) ((timestampMillis - start.toEpochMilli()) / step));
                lowest = Math.min(lowest, value);
                highest = Math.max(highest, value);
              }

              @Override
              public void end() {}
            });
    warnings.addAll(said);
    return seen;
  }
}
