package dev.tidemark.exporter.health;

import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Refusals;
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
   * @param alpha weight of the newest look in the moving averages, a look every tenth slot
   * @param factor a residual so many times its average is uneven
   * @param spread the longest pause so many times the median is uneven
   */
  public record Jitter(
      @Default("true") boolean on,
      @Default("0.15") double alpha,
      @Default("1.8") double factor,
      @Default("3") double spread) {
    public Jitter {
      Refusals refusals = new Refusals();
      share(refusals, "alpha", alpha);
      positive(refusals, "factor", factor);
      positive(refusals, "spread", spread);
      refusals.throwIfAny();
    }
  }

  public HealthConfig {
    off = List.copyOf(off);
    Refusals refusals = new Refusals();
    for (String label : off) {
      refusals.unless(
          find(label).isPresent(),
          "off: no class \""
              + label
              + "\", known are "
              + Arrays.stream(TroubleClass.values()).map(TroubleClass::label).toList());
    }
    refusals.unless(looks >= 1 && looks <= 100, "looks: must be from 1 to 100, found " + looks);
    share(refusals, "offHeapShare", offHeapShare);
    share(refusals, "overheadShare", overheadShare);
    share(refusals, "idleShare", idleShare);
    share(refusals, "fragmentedShare", fragmentedShare);
    share(refusals, "startupShare", startupShare);
    share(refusals, "gcCpu", gcCpu);
    share(refusals, "gomemlimitShare", gomemlimitShare);
    share(refusals, "throttled", throttled);
    share(refusals, "sidecarShare", sidecarShare);
    share(refusals, "nodeFree", nodeFree);
    positive(refusals, "gcRate", gcRate);
    positive(refusals, "procs", procs);
    positive(refusals, "nodeGoroutines", nodeGoroutines);
    positive(refusals, "kubeletGoroutines", kubeletGoroutines);
    lasts(refusals, "startup", startup);
    lasts(refusals, "pause", pause);
    lasts(refusals, "schedLatency", schedLatency);
    refusals.throwIfAny();
  }

  private static void share(Refusals refusals, String key, double value) {
    refusals.unless(
        value > 0 && value <= 1, key + ": must be above 0 and at most 1, found " + value);
  }

  private static void positive(Refusals refusals, String key, double value) {
    refusals.unless(value > 0 && Double.isFinite(value), key + ": must be above 0, found " + value);
  }

  private static void lasts(Refusals refusals, String key, Duration value) {
    refusals.unless(
        !value.isNegative() && !value.isZero(),
        key + ": must be above 0, found " + PromDuration.format(value));
  }

  private static Optional<TroubleClass> find(String label) {
    return Arrays.stream(TroubleClass.values()).filter(c -> c.label().equals(label)).findFirst();
  }

  boolean judges(TroubleClass trouble) {
    return !off.contains(trouble.label());
  }
}
