package dev.tidemark.webhook.playbook;

import dev.tidemark.toolkit.yaml.Default;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How it is proved whether the steps helped.
 *
 * @param initialDelay after the last step: warm-up that must not be mistaken for growth
 */
public record VerifySpec(@Default("2m") Duration initialDelay, List<Check> checks) {
  public VerifySpec {
    if (checks.isEmpty()) {
      throw new IllegalArgumentException("checks: at least one is needed");
    }
    if (checks.size() > 20) {
      throw new IllegalArgumentException("checks: at most 20");
    }
  }

  /** One check: exactly one of the two. */
  public record Check(@Nullable Slope slope, @Nullable Query promql) {
    public Check {
      if ((slope == null) == (promql == null)) {
        throw new IllegalArgumentException("needs either slope or promql");
      }
    }

    public String kind() {
      return slope != null ? "slope" : "promql";
    }
  }

  /**
   * The signal's slope after the steps against the slope before them.
   *
   * @param window how long each of the two is measured over
   */
  public record Slope(String signal, @Default("15m") Duration window) {
    public Slope {
      if (window.toMillis() < 1000) {
        throw new IllegalArgumentException("window: at least 1s");
      }
    }
  }

  /** What to conclude when a query has no data. */
  public enum OnNoData {
    INCONCLUSIVE,
    FAIL,
    SUCCEED
  }

  /**
   * A query asked again and again.
   *
   * @param consecutiveSuccess successes in a row that prove it
   * @param failureLimit failures, and answers without data, that are borne with
   */
  public record Query(
      PromqlTemplate expr,
      Condition success,
      @Default("30s") Duration interval,
      @Default("3") int consecutiveSuccess,
      @Default("2") int failureLimit,
      @Default("inconclusive") OnNoData onNoData) {
    public Query {
      if (interval.toMillis() < 1) {
        throw new IllegalArgumentException("interval: more than 0");
      }
      if (consecutiveSuccess < 1) {
        throw new IllegalArgumentException("consecutiveSuccess: at least 1");
      }
      if (failureLimit < 0) {
        throw new IllegalArgumentException("failureLimit: 0 or more");
      }
    }
  }
}
