package dev.tidemark.e2e.corpus.goroutines;

import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.goroutine.GoroutineAnalysis;
import dev.tidemark.diagnosis.goroutine.GoroutineDump;
import dev.tidemark.diagnosis.goroutine.GoroutineReport;
import dev.tidemark.diagnosis.goroutine.StackGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What verdicts are worth: leaked goroutines named, and healthy groups called leak. */
public final class Score {
  private long leaked;
  private long called;
  private long named;
  private long places;
  private long placesNamed;
  private long healthy;
  private long falsely;
  private long suspected;
  private final List<String> wrong = new ArrayList<>();

  /**
   * Judges one dump.
   *
   * @param tells whether leaked ones can be told at all: one alone may look like what it should be
   */
  public void add(
      boolean ofHealthy, Truth truth, String source, boolean tells, GoroutineDump dump) {
    GoroutineReport report = GoroutineAnalysis.report(source, dump);
    for (int i = 0; i < dump.groups().size(); i++) {
      StackGroup group = dump.groups().get(i);
      Verdict verdict = report.groups().get(i).verdict();
      boolean leaks = truth.leaks(ofHealthy, group);
      boolean runtimes = group.blockedAt() == null && group.createdBy() == null;
      if (leaks && tells) {
        places++;
        placesNamed += verdict == Verdict.NORMAL ? 0 : 1;
        leaked += group.count();
        called += verdict == Verdict.LEAK ? group.count() : 0;
        named += verdict == Verdict.NORMAL ? 0 : group.count();
      } else if (!leaks && !runtimes) {
        healthy++;
        falsely += verdict == Verdict.LEAK ? 1 : 0;
        suspected += verdict == Verdict.SUSPECT ? 1 : 0;
      }
      if (leaks ? verdict == Verdict.NORMAL : verdict == Verdict.LEAK) {
        wrong.add((leaks ? "missed " : "falsely ") + source + " " + report.groups().get(i));
      }
    }
  }

  /** The part of all leaked goroutines that is called a leak, 0 to 1. */
  public double proved() {
    return leaked == 0 ? 1 : (double) called / leaked;
  }

  /** Part of the leaked goroutines that are called leak or suspect. */
  public double recall() {
    return leaked == 0 ? 1 : (double) named / leaked;
  }

  /** Part of the healthy groups that are called leak. */
  public double falseShare() {
    return healthy == 0 ? 0 : (double) falsely / healthy;
  }

  /** What was missed and what was called leak without being one, one group a line. */
  public List<String> wrong() {
    return wrong;
  }

  /** A row of the table of {@link GoroutinesCommand}. */
  String row() {
    return String.format(
        Locale.ROOT,
        "%.1f %% (%.1f %%) of %d | %.1f %% of %d | %.1f %% (%.1f %%) of %d",
        100 * recall(),
        100.0 * called / Math.max(leaked, 1),
        leaked,
        100.0 * placesNamed / Math.max(places, 1),
        places,
        100 * falseShare(),
        100.0 * suspected / Math.max(healthy, 1),
        healthy);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d leaked goroutines: %.1f %% named, %.1f %% called leak; %d healthy groups: %.1f %% called leak, %.1f %% suspect",
        leaked,
        100 * recall(),
        100.0 * called / Math.max(leaked, 1),
        healthy,
        100 * falseShare(),
        100.0 * suspected / Math.max(healthy, 1));
  }
}
