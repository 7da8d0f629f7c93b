package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads metrics by remote read where the source has it: that costs it a hundredth of queries. One
 * slot of the first answer of each metric, and of every eighth after it, is asked by a query as
 * well. From that it is learnt which labels are not the series' own; where the two differ in
 * anything else, another look-back for one, queries alone are asked. What was given up is tried
 * again an hour later: servers are mended, and we run for months.
 */
final class RawReader {
  private static final Logger LOG = LoggerFactory.getLogger(RawReader.class);

  /** So many answers break off, and none is used between them, before it is left alone. */
  private static final int MOST_BROKEN = 3;

  /** The same of answers that refuse, which cost the server little: those of some chunks. */
  private static final int MOST_REFUSED = 12;

  /** A server does not change its external labels or its look-back between two answers. */
  private static final int COMPARED = 8;

  /**
   * A try costs a server that has none a dozen small refusals, and only one that learns history.
   */
  private static final Duration LEFT_ALONE = Duration.ofHours(1);

  private final Answers answers;
  private final Kept kept;
  private Instant leftAloneUntil = Instant.MIN;
  private int failed;

  /** How many answers of a metric were taken as they came since one was compared. */
  private final Map<String, Integer> unseen = new HashMap<>();

  /** The labels that only remote read tells: the external ones of the server. */
  private @Nullable Map<String, String> beside;

  RawReader(Answers answers, Kept kept) {
    this.answers = answers;
    this.kept = kept;
  }

  /** What there is of a metric; empty where queries have to be asked instead. */
  Optional<RawRows> read(Formula.Metric metric, Slots slots)
      throws PrometheusException, PartialAnswerException {
    return read(metric, slots, labels -> true);
  }

  /**
   * The same of some of its series.
   *
   * @param wanted tells by labels, the external ones among them
   */
  Optional<RawRows> read(Formula.Metric metric, Slots slots, Predicate<Map<String, String>> wanted)
      throws PrometheusException, PartialAnswerException {
    // where a selector looks back less than a slot and a tenth, freshness is not all that counts
    boolean tooSlow = slots.step() + slots.step() / 10 > RawRows.LOOKBACK_MILLIS;
    if (tooSlow || answers.now().isBefore(leftAloneUntil)) {
      return Optional.empty();
    }
    RawRows raw;
    try {
      raw =
          kept.part(
              "raw " + metric.text(),
              rows -> rows.values().values(),
              () -> asked(metric, slots, wanted));
    } catch (PrometheusException e) {
      return switch (e.reason()) {
        case STATUS, NOT_JSON, AUTH, QUERY, TRUNCATED -> failed(metric, slots, e);
        default -> throw e;
      };
    }
    if (raw.isFull()) {
      return Optional.empty();
    }
    int before = unseen.merge(metric.text(), 1, Integer::sum);
    if (beside != null && before % COMPARED != 1) {
      failed = 0;
      raw.values().dropLabels(beside);
      return Optional.of(raw);
    }
    return compared(metric, slots, raw, wanted);
  }

  private RawRows asked(Formula.Metric metric, Slots slots, Predicate<Map<String, String>> wanted)
      throws PrometheusException {
    RawRows raw = new RawRows(slots, wanted);
    answers.raw(metric, slots, raw);
    return raw;
  }

  /**
   * A server that answers no query either has failed, and its remote read has not. One that does
   * may have been told to wait or been replaced by a login page for a moment: queries answer
   * meanwhile.
   */
  private Optional<RawRows> failed(Formula.Metric metric, Slots slots, PrometheusException why)
      throws PrometheusException, PartialAnswerException {
    Slots one = slots.only(slots.first());
    answers.range(metric.text(), one, new Rows(one));
    int most =
        switch (why.reason()) {
          case QUERY -> 1; // a plain no
          case TRUNCATED -> MOST_BROKEN;
          default -> MOST_REFUSED;
        };
    return ++failed < most ? Optional.empty() : giveUp(String.valueOf(why.getMessage()));
  }

  private Optional<RawRows> compared(
      Formula.Metric metric, Slots slots, RawRows raw, Predicate<Map<String, String>> wanted)
      throws PrometheusException, PartialAnswerException {
    Rows rows = raw.values();
    int middle = slots.count() / 2;
    int shown = rows.in(middle).size() > rows.in(0).size() ? middle : 0;
    Slots one = slots.only(slots.at(shown));
    Rows asked = new Rows(one);
    answers.range(metric.text(), one, asked);
    asked.keepRows(wanted);
    if (asked.in(0).isEmpty()) {
      return rows.in(shown).isEmpty()
          ? withoutLabelsBeside(raw)
          : giveUp("only it has " + metric.text());
    }
    // of the series in this slot only: what others have may be their own
    Map<String, String> more = new HashMap<>();
    rows.in(shown).keySet().forEach(more::putAll);
    more.keySet().removeAll(asked.labelNames());
    if (beside == null || beside.entrySet().containsAll(more.entrySet())) {
      beside = beside == null ? more : beside;
      rows.dropLabels(beside);
      if (rows.in(shown).equals(asked.in(0))) {
        failed = 0;
        return Optional.of(raw);
      }
    }
    return giveUp("it tells otherwise than a query of " + metric.text());
  }

  private Optional<RawRows> withoutLabelsBeside(RawRows raw) {
    if (beside == null) { // nothing to learn them from yet
      return Optional.empty();
    }
    raw.values().dropLabels(beside);
    return Optional.of(raw);
  }

  private Optional<RawRows> giveUp(String why) {
    leftAloneUntil = answers.now().plus(LEFT_ALONE);
    failed = 0;
    beside = null;
    unseen.clear();
    LOG.atInfo()
        .addKeyValue("why", why)
        .addKeyValue("until", leftAloneUntil)
        .log("remote read is left alone, queries are asked instead");
    return Optional.empty();
  }
}
