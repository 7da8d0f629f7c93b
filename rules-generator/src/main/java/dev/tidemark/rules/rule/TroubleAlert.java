package dev.tidemark.rules.rule;

import dev.tidemark.rules.model.Alert;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.Severity;
import java.time.Duration;

/**
 * A class of trouble that only the exporter can tell: it compares now with what the process was
 * like before, or joins what half a dozen others expose.
 *
 * @param trouble the class, as in the label
 * @param summary the same for every target
 * @param what what the target does, after its name
 */
public record TroubleAlert(CatalogueEntry entry, String trouble, String summary, String what)
    implements AlertMaker {
  /** The runtime's own memory after a peak. */
  public static final TroubleAlert RUNTIME_OVERHEAD =
      new TroubleAlert(
          entry("runtime-overhead", "GoRuntimeOverhead", Severity.INFO, Duration.ofHours(1)),
          "runtime_overhead",
          "Go's runtime keeps memory that nothing uses.",
          "keeps memory for Go's runtime itself, or idle heap, that stayed after a peak.");

  /** Spans that few objects keep. */
  public static final TroubleAlert FRAGMENTATION =
      new TroubleAlert(
          entry("fragmentation", "GoHeapFragmented", Severity.INFO, Duration.ofHours(1)),
          "fragmentation",
          "Half of a Go heap in use is holes.",
          "holds twice the memory its objects need: few of them keep many spans.");

  /** The other containers of the pod. */
  public static final TroubleAlert SIDECAR_CONTENTION =
      new TroubleAlert(
          entry("sidecar-contention", "GoSidecarContention", Severity.INFO, Duration.ofMinutes(15)),
          "sidecar_contention",
          "Other containers of the pod take the CPU.",
          "waits for a CPU while other containers of its pod take most of it.");

  /** What ails the target may be its node. */
  public static final TroubleAlert NODE_PRESSURE =
      new TroubleAlert(
          entry("node-pressure", "GoNodePressure", Severity.WARNING, Duration.ofMinutes(10)),
          "node_pressure",
          "A Go process runs on a node under pressure.",
          "runs on a node that is short of memory, disk or processes, or full of goroutines.");

  private static CatalogueEntry entry(
      String id, String alert, Severity severity, Duration forDuration) {
    return CatalogueEntry.of(id, alert, severity)
        .waits(forDuration)
        .keepsFiring(Duration.ofMinutes(5))
        .judgedBy(Engine.EXPORTER);
  }

  @Override
  public Made make(Service service, Alert alert, Parameters with) {
    return Trouble.made(service, trouble, summary, what);
  }
}
