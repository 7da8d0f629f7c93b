package dev.tidemark.exporter.health;

import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Default;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * From when on something is a trouble.
 *
 * @param off classes that are not judged
 * @param looks how often in a row a measured trouble has to be seen, one look every 40th slot
 * @param smallest less memory than this is no trouble, whatever its share
 * @param offHeapShare memory that is not Go's, of what the process has grown by
 * @param overheadShare what the runtime keeps for itself, of all that Go holds
 * @param idleShare heap that was not returned, of the whole heap
 * @param fragmentedShare holes in spans in use, of those spans
 * @param startupShare of the limit, at the peak of the start
 * @param startup how long a process starts
 * @param gcCpu share of the busy CPU time
 * @param gcRate collections a second
 * @param gomemlimitShare heap in use of GOMEMLIMIT
 * @param pause of a collection, 99th percentile
 * @param jitter how uneven collections are looked at
 * @param throttled share of the periods
 * @param procs GOMAXPROCS over the CPU limit
 * @param sidecarShare of the pod's CPU
 * @param schedLatency 99th percentile from which waiting for a CPU hurts
 * @param nodeFree share of the node's memory
 * @param nodeGoroutines on one node
 * @param kubeletGoroutines of the kubelet itself
 */
public record HealthConfig(
    @Default("[]") List<String> off,
    @Default("2") int looks,
    @Default("64Mi") ByteSize smallest,
    @Default("0.5") double offHeapShare,
    @Default("0.3") double overheadShare,
    @Default("0.5") double idleShare,
    @Default("0.5") double fragmentedShare,
    @Default("0.9") double startupShare,
    @Default("5m") Duration startup,
    @Default("0.25") double gcCpu,
    @Default("20") double gcRate,
    @Default("0.8") double gomemlimitShare,
    @Default("10ms") Duration pause,
    @Default("{}") Jitter jitter,
    @Default("0.25") double throttled,
    @Default("2") double procs,
    @Default("0.5") double sidecarShare,
    @Default("20ms") Duration schedLatency,
    @Default("0.05") double nodeFree,
    @Default("500000") double nodeGoroutines,
    @Default("1500") double kubeletGoroutines) {
  /**
   * How uneven collections are, which makes a thrashing collector sure.
   *
   * @param on whether it is looked at
   * @param alpha weight of the newest look in the moving averages
   * @param factor a residual so many times its average is uneven
   * @param spread the longest pause so many times the median is uneven
   */
  public record Jitter(
      @Default("true") boolean on,
      @Default("0.15") double alpha,
      @Default("1.8") double factor,
      @Default("3") double spread) {
    public Jitter {
      if (!(alpha > 0 && alpha <= 1)) {
        throw new IllegalArgumentException("alpha: must be above 0 and at most 1, found " + alpha);
      }
      positive("factor", factor);
      positive("spread", spread);
    }
  }

  public HealthConfig {
    off = List.copyOf(off);
    for (String label : off) {
      if (find(label).isEmpty()) {
        throw new IllegalArgumentException(
            "off: no class \""
                + label
                + "\", known are "
                + Arrays.stream(TroubleClass.values()).map(TroubleClass::label).toList());
      }
    }
    if (looks < 1 || looks > 100) {
      throw new IllegalArgumentException("looks: must be from 1 to 100, found " + looks);
    }
    share("offHeapShare", offHeapShare);
    share("overheadShare", overheadShare);
    share("idleShare", idleShare);
    share("fragmentedShare", fragmentedShare);
    share("startupShare", startupShare);
    share("gcCpu", gcCpu);
    share("gomemlimitShare", gomemlimitShare);
    share("throttled", throttled);
    share("sidecarShare", sidecarShare);
    share("nodeFree", nodeFree);
    positive("gcRate", gcRate);
    positive("procs", procs);
    positive("nodeGoroutines", nodeGoroutines);
    positive("kubeletGoroutines", kubeletGoroutines);
    for (Duration duration : List.of(startup, pause, schedLatency)) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException(
            "startup, pause and schedLatency must be above 0, found "
                + PromDuration.format(duration));
      }
    }
  }

  private static void share(String key, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(key + ": must be above 0 and at most 1, found " + value);
    }
  }

  private static void positive(String key, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(key + ": must be above 0, found " + value);
    }
  }

  private static Optional<TroubleClass> find(String label) {
    return Arrays.stream(TroubleClass.values()).filter(c -> c.label().equals(label)).findFirst();
  }

  boolean judges(TroubleClass trouble) {
    return !off.contains(trouble.label());
  }
}
