package dev.tidemark.rules.history;

import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A server that is asked about one alert no longer than it may take. A query that is under way is
 * waited for. Of one thread.
 */
public final class Allowance implements RangeSource {
  private final RangeSource source;
  private final Duration each;
  private final LongSupplier nanos;
  private boolean runs;
  private long since;

  /** What takes longer; the message says what to do. */
  public static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spent(String message) {
      super(message);
    }
  }

  /**
   * @param each how long an alert may take; zero for any time
   * @param nanos a clock
   */
  public Allowance(RangeSource source, Duration each, LongSupplier nanos) {
    this.source = source;
    this.each = each;
    this.nanos = nanos;
  }

  /** An alert begins, with all its time. */
  public void begin() {
    since = nanos.getAsLong();
    runs = !each.isZero();
  }

  /** No alert is looked at. */
  public void end() {
    runs = false;
  }

  @Override
  public void goOn() {
    if (runs && nanos.getAsLong() - since > each.toNanos()) {
      throw new Spent(
          "given up after "
              + PromDuration.format(each)
              + ": give a shorter --history, a selector of fewer targets or a longer"
              + " --alert-timeout (0s for none)");
    }
  }

  @Override
  public List<String> range(String expr, Instant start, Instant end, Duration step, SeriesSink sink)
      throws PrometheusException {
    goOn();
    return source.range(expr, start, end, step, sink);
  }
}
