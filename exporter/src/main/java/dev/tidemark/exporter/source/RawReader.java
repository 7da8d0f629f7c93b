package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads metrics by remote read where the source has it: that costs it a hundredth of queries. One
 * slot of each answer is asked by a query as well. From that it is learnt which labels are not the
 * series' own; where the two differ in anything else, another look-back for one, queries alone are
 * asked from then on.
 */
final class RawReader {
  private static final Logger LOG = LoggerFactory.getLogger(RawReader.class);

  private final Answers answers;
  private boolean usable = true;

  /** The labels that only remote read tells: the external ones of the server. */
  private @Nullable Set<String> beside;

  RawReader(Answers answers) {
    this.answers = answers;
  }

  /** What there is of a metric; empty where queries have to be asked instead. */
  Optional<RawRows> read(String metric, Slots slots)
      throws PrometheusException, PartialAnswerException {
    // where a selector looks back less than a slot and a tenth, freshness is not all that counts
    if (!usable || slots.step() + slots.step() / 10 > RawRows.LOOKBACK_MILLIS) {
      return Optional.empty();
    }
    RawRows raw = new RawRows(slots);
    try {
      answers.raw(metric, slots, raw);
    } catch (PrometheusException e) {
      return switch (e.reason()) {
        case STATUS, NOT_JSON, AUTH, QUERY -> giveUp(String.valueOf(e.getMessage()));
        default -> throw e;
      };
    }
    Rows rows = raw.values();
    int middle = slots.count() / 2;
    int shown = rows.in(middle).size() > rows.in(0).size() ? middle : 0;
    Slots one = slots.only(slots.at(shown));
    Rows asked = new Rows(one);
    answers.range(metric, one, asked);
    if (asked.in(0).isEmpty()) {
      return rows.in(shown).isEmpty() ? withoutLabelsBeside(raw) : giveUp("only it has " + metric);
    }
    Set<String> more = new HashSet<>(rows.labelNames());
    more.removeAll(asked.labelNames());
    if (beside == null || beside.containsAll(more)) {
      beside = beside == null ? more : beside;
      rows.dropLabels(beside);
      if (rows.in(shown).equals(asked.in(0))) {
        return Optional.of(raw);
      }
    }
    return giveUp("it tells otherwise than a query of " + metric);
  }

  private Optional<RawRows> withoutLabelsBeside(RawRows raw) {
    if (beside == null) { // nothing to learn them from yet
      return Optional.empty();
    }
    raw.values().dropLabels(beside);
    return Optional.of(raw);
  }

  private Optional<RawRows> giveUp(String why) {
    usable = false;
    LOG.atInfo().addKeyValue("why", why).log("remote read is not used, queries are asked instead");
    return Optional.empty();
  }
}
