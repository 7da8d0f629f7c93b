package dev.tidemark.webhook.playbook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Key;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step: exactly one kind, and how to bear with its failure.
 *
 * @param deadline for the whole step, what has to be asked after a crash included
 */
public record StepSpec(
    @Nullable PprofSpec pprof,
    @Nullable DiagnoseSpec diagnose,
    @Nullable HeapDiffSpec heapDiff,
    @Nullable HttpSpec http,
    @Key("notify") @Nullable NotifySpec tell,
    @Default("stop") OnError onError,
    @Default("2m") Duration deadline,
    @Nullable JsonNode evict,
    @Nullable JsonNode restart,
    @Nullable JsonNode scale,
    @Nullable JsonNode cordon,
    @Nullable JsonNode silence) {

  /** What a failure of the step means for the rest. */
  public enum OnError {
    STOP,
    CONTINUE
  }

  public StepSpec {
    later("evict", evict);
    later("restart", restart);
    later("scale", scale);
    later("cordon", cordon);
    later("silence", silence);
    long kinds =
        Arrays.asList(pprof, diagnose, heapDiff, http, tell).stream()
            .filter(Objects::nonNull)
            .count();
    if (kinds != 1) {
      throw new IllegalArgumentException(
          "needs exactly one of pprof, diagnose, heapDiff, http, notify");
    }
    if (deadline.toMillis() < 1) {
      throw new IllegalArgumentException("deadline: more than 0");
    }
  }

  public String kind() {
    if (pprof != null) {
      return "pprof";
    }
    if (diagnose != null) {
      return "diagnose";
    }
    if (heapDiff != null) {
      return "heapDiff";
    }
    return http != null ? "http" : "notify";
  }

  private static void later(String kind, @Nullable JsonNode spec) {
    if (spec != null) {
      throw new IllegalArgumentException(
          kind + ": is not available yet; there are pprof, diagnose, heapDiff, http and notify");
    }
  }
}
