package dev.tidemark.diagnosis.hprof;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What grew between two heap dumps of a JVM. Bytes are fields and elements as the dump holds them:
 * without object headers and padding, references in the dump's id size.
 *
 * @param baseEndsAt byte at which the base ends early, after unpacking; null when it does not
 * @param targetEndsAt the same of the target
 * @param classes that changed, by bytes gained
 * @param paths by which objects of the growing classes are held, the most frequent first
 * @param pathsLeftOut why there are none; null when they were looked for
 */
public record HprofReport(
    String base,
    String target,
    @Nullable Long baseEndsAt,
    @Nullable Long targetEndsAt,
    Totals objects,
    Totals bytes,
    List<ClassGrowth> classes,
    List<HeldBy> paths,
    @Nullable String pathsLeftOut) {
  public HprofReport {
    classes = List.copyOf(classes);
    paths = List.copyOf(paths);
  }

  /** Whether one of the dumps ends early. */
  public boolean truncated() {
    return baseEndsAt != null || targetEndsAt != null;
  }

  /** Before and after. */
  public record Totals(long base, long target) {
    public long delta() {
      return target - base;
    }
  }

  /** A class, those of several loaders by one name together. */
  public record ClassGrowth(String name, Totals objects, Totals bytes, Finding finding) {}

  /**
   * Objects of a class that are held alike.
   *
   * @param gained more than were held alike in the base; negative for fewer
   * @param share of all objects of the class that can be reached
   * @param steps from the root on; the last is the object itself
   */
  public record HeldBy(String name, long objects, long gained, double share, List<Step> steps) {
    public HeldBy {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One object on the way.
   *
   * @param isStatic whether it is the class itself, and the field a static one
   * @param field by which it holds the next; {@code []} for an array, null at the end and where the
   *     dump does not tell it
   * @param repeated how many of this class follow one another, as in a linked list
   */
  public record Step(String name, boolean isStatic, @Nullable String field, int repeated) {}

  /** The worst of all verdicts. */
  public Verdict worst() {
    return classes.stream()
        .map(growth -> growth.finding().verdict())
        .max(Verdict::compareTo)
        .orElse(Verdict.NORMAL);
  }
}
