package dev.tidemark.rules.history;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.BinaryOp;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.promql.flow.Giving;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says of which metrics a server has less history than an alert looks at. */
public final class Coverage {
  private static final int LOOKS = 50;

  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final String NOTHING = "no series of ";

  private final RangeSource source;
  private final Span span;
  private final Map<String, Instant> begins = new HashMap<>();

  public Coverage(RangeSource source, Span span) {
    this.source = source;
    this.span = span;
  }

  /**
   * A sentence for each selector that found nothing at all, or nothing at first. Selectors that
   * only sometimes find something look the same. Of branches of {@code or} one is enough.
   *
   * @throws PrometheusException where the server does not answer
   */
  public List<String> lacks(Expr expr) throws PrometheusException {
    return lacks(expr, span.from().minus(Lookback.of(expr))).stream().distinct().toList();
  }

  /**
   * Whether nothing that an expression reads has a sample, so that its silence says nothing.
   *
   * @throws PrometheusException where the server does not answer
   */
  public boolean isBlind(Expr expr) throws PrometheusException {
    Instant from = span.from().minus(Lookback.of(expr));
    return !Giving.gives(
        expr,
        true,
        selector ->
            selector.name().isEmpty()
                || !surely(selector.with(Modifiers.NONE), from, step(from)).isAfter(span.to()));
  }

  private List<String> lacks(Expr expr, Instant from) throws PrometheusException {
    if (expr instanceof VectorSelector selector) {
      return selector.name().isEmpty() ? List.of() : lack(selector.with(Modifiers.NONE), from);
    }
    if (expr instanceof Binary b && b.op() == BinaryOp.OR) {
      return eitherLacks(b, from);
    }
    List<String> lacks = new ArrayList<>();
    for (Expr part : expr.parts()) {
      lacks.addAll(lacks(part, from));
    }
    return lacks;
  }

  /** One branch is enough; where both lack something, one that has nothing at all says nothing. */
  private List<String> eitherLacks(Binary or, Instant from) throws PrometheusException {
    List<String> left = lacks(or.left(), from);
    List<String> right = left.isEmpty() ? List.of() : lacks(or.right(), from);
    if (left.isEmpty() || right.isEmpty()) {
      return List.of();
    }
    boolean noLeft = left.stream().anyMatch(lack -> lack.startsWith(NOTHING));
    boolean noRight = right.stream().anyMatch(lack -> lack.startsWith(NOTHING));
    if (noLeft != noRight) {
      return noLeft ? right : left;
    }
    List<String> both = new ArrayList<>(left);
    both.addAll(right);
    return both;
  }

  private List<String> lack(VectorSelector selector, Instant from) throws PrometheusException {
    Duration step = step(from);
    Instant begin = surely(selector, from, step);
    if (begin.isAfter(span.to())) {
      return List.of(NOTHING + selector);
    }
    return begin.isAfter(from.plus(step.multipliedBy(2)))
        ? List.of(
            selector
                + " begins about "
                + sooner(selector, begin, step).truncatedTo(ChronoUnit.SECONDS)
                + ", needed from "
                + from)
        : List.of();
  }

  /**
   * Whether something was there from the beginning.
   *
   * @throws PrometheusException where the server does not answer
   */
  public boolean has(VectorSelector selector) throws PrometheusException {
    Duration step = step(span.from());
    return !begin(selector, span.from(), step).isAfter(span.from().plus(step.multipliedBy(2)));
  }

  private Duration step(Instant from) {
    return Duration.ofMillis(Math.max(1000, Duration.between(from, span.to()).toMillis() / LOOKS));
  }

  /**
   * The first look that found something may be a whole step late. Others between it and the one
   * before tell the second, which is the same however the steps lie, and so from run to run.
   */
  private Instant sooner(VectorSelector selector, Instant begin, Duration step)
      throws PrometheusException {
    String key = selector + " before " + begin;
    Instant known = begins.get(key);
    if (known != null) {
      return known;
    }
    Instant first = begin;
    for (Duration width = step; width.compareTo(SECOND) > 0; ) {
      Duration part = Duration.ofMillis(Math.max(SECOND.toMillis(), width.toMillis() / LOOKS));
      boolean last = part.equals(SECOND);
      Instant from = first.minus(width);
      Instant found =
          last
              ? first(
                  selector.toString(),
                  from.truncatedTo(ChronoUnit.SECONDS),
                  first.plus(SECOND),
                  part)
              : first(selector.toString(), from, first, part);
      boolean none = found.isAfter(span.to());
      first = !none && (last || found.isBefore(first)) ? found : first;
      width = part;
    }
    begins.put(key, first);
    return first;
  }

  /** As {@link #begin}; what is late or nowhere is asked for between the looks, too. */
  private Instant surely(VectorSelector selector, Instant from, Duration step)
      throws PrometheusException {
    Instant begin = begin(selector, from, step);
    if (!begin.isAfter(from.plus(step.multipliedBy(2)))) {
      return begin;
    }
    String between = "present_over_time(" + selector + "[" + PromDuration.format(step) + "])";
    String key = between + " " + from;
    Instant known = begins.get(key);
    if (known != null) {
      return known;
    }
    Instant to = begin.isAfter(span.to()) ? span.to() : begin;
    Instant found = first(between, from, to, step);
    Instant first = found.isBefore(begin) ? found : begin;
    begins.put(key, first);
    return first;
  }

  private Instant begin(VectorSelector selector, Instant from, Duration step)
      throws PrometheusException {
    String key = selector + " " + from;
    Instant known = begins.get(key);
    if (known != null) {
      return known;
    }
    Instant begin = first(selector.toString(), from, span.to(), step);
    begins.put(key, begin);
    return begin;
  }

  /** When something is there at first; after the span where it never is. */
  private Instant first(String series, Instant from, Instant to, Duration step)
      throws PrometheusException {
    long[] first = {Long.MAX_VALUE};
    List<String> unused =
        source.range(
            "count(" + series + ")",
            from,
            to,
            step,
            new SeriesSink() {
              @Override
              public void begin(Map<String, String> labels) {}

              @Override
              public void sample(long timestampMillis, double value) {
                first[0] = Math.min(first[0], timestampMillis);
              }

              @Override
              public void end() {}
            });
    return first[0] == Long.MAX_VALUE ? span.to().plusSeconds(1) : Instant.ofEpochMilli(first[0]);
  }
}
