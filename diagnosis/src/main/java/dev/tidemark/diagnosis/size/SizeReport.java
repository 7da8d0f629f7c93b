package dev.tidemark.diagnosis.size;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What fits. Bytes; null is not known.
 *
 * @param target whose figures they are: a file, or labels
 * @param goroutines null in files that do not tell their number, as perGoroutine; what fits is then
 *     empty
 * @param runtime what the runtime holds beside heap and stacks
 * @param outside resident and not held by Go
 * @param gomemlimit null when nothing fits, as gogc
 * @param fits whether what there is now fits at all
 * @param arithmetic how the figures come about, a step a line
 */
public record SizeReport(
    String target,
    long limit,
    @Nullable Long goroutines,
    long live,
    long stacks,
    long runtime,
    @Nullable Long outside,
    @Nullable PerGoroutine perGoroutine,
    @Nullable Long gomemlimit,
    @Nullable Integer gogc,
    @Nullable Integer gomaxprocs,
    boolean fits,
    List<Fit> goroutinesThatFit,
    List<Finding> findings,
    List<String> arithmetic) {
  public SizeReport {
    goroutinesThatFit = List.copyOf(goroutinesThatFit);
    findings = List.copyOf(findings);
    arithmetic = List.copyOf(arithmetic);
  }

  /**
   * What one goroutine costs.
   *
   * @param stack of stack_inuse
   * @param heap live heap that came with each; 0 when one sample cannot tell
   * @param measured how
   */
  public record PerGoroutine(double stack, double heap, Measured measured) {}

  /** How the cost of a goroutine was found. */
  public enum Measured {
    /** Between two samples of different numbers of goroutines: what each further one takes. */
    SLOPE,
    /** One sample: all stacks by all goroutines, the runtime's own stacks included. */
    MEAN
  }

  /** How many goroutines of this kind fit in all at a GOGC. */
  public record Fit(int gogc, long goroutines) {}
}
