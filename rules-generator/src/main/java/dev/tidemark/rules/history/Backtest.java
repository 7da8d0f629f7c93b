package dev.tidemark.rules.history;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.parse.ParseException;
import dev.tidemark.promql.parse.PromQlParser;
import dev.tidemark.rules.found.FoundGroup;
import dev.tidemark.rules.found.FoundRule;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import dev.tidemark.toolkit.yaml.Placed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Replays the alerts of a group over a part of the past, one after another. */
public final class Backtest {
  /**
   * So many alerts may keep a server busy until it gives up; others like them are not asked for.
   */
  private static final int MOST_LATE = 2;

  private static final String LATE =
      "the server takes too long: it has none of %d recordings this reads, so all are evaluated"
          + " anew at each look; give a shorter --history, or have it load the rules and record them";

  private static final Watcher NOBODY =
      new Watcher() {
        @Override
        public void begins(String service, FoundRule alert, int number, int of) {}

        @Override
        public void replayed(Replayed alert) {}
      };

  private final RangeSource source;
  private final Instant from;
  private final Instant to;
  private final boolean inlineAll;
  private final Watcher watcher;
  private int late;

  /** Who wants to know how far it is. */
  public interface Watcher {
    /**
     * @param number of all of the group that are replayed, from 1
     */
    void begins(String service, FoundRule alert, int number, int of);

    void replayed(Replayed alert);
  }

  /**
   * @param inlineAll whether recordings are put in also where the server has what they recorded, as
   *     where they were changed since
   */
  public Backtest(RangeSource source, Instant from, Instant to, boolean inlineAll) {
    this(source, from, to, inlineAll, NOBODY);
  }

  /**
   * @param watcher is told of each alert
   */
  public Backtest(
      RangeSource source, Instant from, Instant to, boolean inlineAll, Watcher watcher) {
    this.source = source;
    this.from = from;
    this.to = to;
    this.inlineAll = inlineAll;
    this.watcher = watcher;
  }

  /**
   * @param service that the group is of
   * @param recordings that its alerts may read
   * @param wanted which alerts
   * @param interval of the group where it says none
   * @throws PrometheusException where the server does not answer; what it refuses of one alert is
   *     told of that alert
   */
  public List<Replayed> of(
      String service,
      FoundGroup group,
      List<FoundRule> recordings,
      Duration interval,
      Predicate<FoundRule> wanted)
      throws PrometheusException {
    Duration every = group.interval().map(Placed::value).filter(i -> !i.isZero()).orElse(interval);
    Span span = new Span(from, to, every);
    RangeSource seen = Shifted.by(source, offset(group));
    Coverage coverage = new Coverage(seen, span);
    Recordings known =
        new Recordings(recordings, every, selector -> !inlineAll && coverage.has(selector));
    Stages stages =
        new Stages(seen, span, recordings, selector -> !inlineAll && coverage.has(selector));
    List<FoundRule> alerts =
        group.rules().stream().filter(rule -> rule.isAlert() && wanted.test(rule)).toList();
    Map<FoundRule, Expr> staged = new LinkedHashMap<>();
    for (FoundRule alert : alerts) {
      taken(stages, alert).ifPresent(expr -> staged.put(alert, expr));
    }
    List<Replayed> replayed = new ArrayList<>();
    for (FoundRule alert : alerts) {
      watcher.begins(service, alert, replayed.size() + 1, alerts.size());
      boolean here = staged.containsKey(alert);
      Replayed one =
          one(new Past(seen, span, coverage, here ? stages : null, known), service, alert);
      staged.remove(alert);
      // a week of hundreds of targets is gigabytes
      stages.keepFor(List.copyOf(staged.values()));
      watcher.replayed(one);
      replayed.add(one);
    }
    return replayed;
  }

  private static Optional<Expr> taken(Stages stages, FoundRule alert) throws PrometheusException {
    try {
      Expr expr = PromQlParser.parse(alert.expr().value());
      return stages.takes(expr) ? Optional.of(expr) : Optional.empty();
    } catch (ParseException e) {
      // told when it is replayed
      return Optional.empty();
    }
  }

  /** Whom to ask about an alert. */
  private record Past(
      RangeSource seen,
      Span span,
      Coverage coverage,
      @Nullable Stages stages,
      Recordings recordings) {}

  /** How long ago the group looks; what is no duration Prometheus refuses, too. */
  private static Duration offset(FoundGroup group) {
    Placed<String> offset = group.others().get("query_offset");
    try {
      return offset == null ? Duration.ZERO : PromDuration.parse(offset.value());
    } catch (IllegalArgumentException e) {
      return Duration.ZERO;
    }
  }

  private Replayed one(Past past, String service, FoundRule rule) throws PrometheusException {
    List<String> notes = new ArrayList<>();
    List<String> anew = new ArrayList<>();
    try {
      Expr expr = PromQlParser.parse(rule.expr().value());
      Recordings.Inlined inlined = past.recordings().inline(expr);
      anew.addAll(inlined.used());
      Stages stages = anew.isEmpty() ? null : past.stages();
      if (!anew.isEmpty() && stages == null && late >= MOST_LATE) {
        return failed(service, rule, notes, "not asked: " + LATE.formatted(anew.size()));
      }
      notes.addAll(past.coverage().lacks(inlined.expr()));
      SortedMap<String, String> labels = new TreeMap<>();
      labels.put("alertname", rule.name().value());
      rule.labels().forEach((name, text) -> labels.put(name, text.value()));
      Replay.Found found =
          Replay.of(
              stages == null ? past.seen() : stages,
              past.span(),
              (stages == null ? inlined.expr() : expr).toString(),
              labels,
              new Replay.Holds(
                  rule.forDuration().map(Placed::value).orElse(Duration.ZERO),
                  rule.keepFiringFor().map(Placed::value).orElse(Duration.ZERO)));
      found.warnings().forEach(warning -> notes.add("the server says: " + warning));
      return new Replayed(
          service,
          rule,
          found.episodes(),
          inlined.used(),
          notes,
          found.episodes().isEmpty() && past.coverage().isBlind(inlined.expr()),
          found.heights(),
          Optional.empty());
    } catch (ParseException e) {
      return failed(service, rule, notes, e.reason());
    } catch (Recordings.NotInlined | Allowance.Spent e) {
      return failed(service, rule, notes, String.valueOf(e.getMessage()));
    } catch (PrometheusException e) {
      if (e.reason() == Reason.TIMEOUT && !anew.isEmpty()) {
        late++;
        return failed(service, rule, notes, LATE.formatted(anew.size()));
      }
      if (e.reason() != Reason.QUERY && e.reason() != Reason.TOO_LARGE) {
        throw e;
      }
      return failed(service, rule, notes, String.valueOf(e.getMessage()));
    }
  }

  private static Replayed failed(
      String service, FoundRule rule, List<String> notes, String message) {
    return new Replayed(
        service, rule, List.of(), List.of(), notes, false, Optional.empty(), Optional.of(message));
  }
}
