package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Verdict;
import java.util.List;

/** Judges the groups of a dump: the worst finding of all rules counts. */
public final class GoroutineAnalysis {
  /** From proof to guess. */
  static final List<Rule> RULES =
      List.of(
          new UnreachableRule(),
          new NilChannelRule(),
          new HttpBodyRule(),
          new ChildProcessRule(),
          new HalfTunnelRule(),
          new OwnShutdownRule(),
          new SendRule(),
          new LockRule(),
          new WaitGroupRule(),
          new ConditionRule(),
          new RowsRule(),
          new ContextLostRule(),
          new WithItsSelectRule(new ContextLostRule()),
          new GrowthRule(),
          new EmptySelectRule(),
          new SleepersRule(),
          new ReceiveRule(),
          new ClientGoneRule(),
          new NormalRule());

  private GoroutineAnalysis() {}

  public static GoroutineReport report(String file, GoroutineDump dump) {
    return report(file, dump, List.of());
  }

  /**
   * Judges a dump against earlier ones of the same program, oldest first.
   *
   * @param file the name the report shows
   */
  public static GoroutineReport report(
      String file, GoroutineDump dump, List<GoroutineDump> baselines) {
    Scene scene = Scene.of(dump, baselines);
    return new GoroutineReport(
        file,
        dump.goroutines(),
        dump.truncated(),
        dump.groups().stream().map(group -> judged(group, scene)).toList());
  }

  private static GoroutineReport.Group judged(StackGroup group, Scene scene) {
    Finding finding = steady(judge(group, scene), group, scene);
    return new GoroutineReport.Group(
        group.count(),
        group.state(),
        group.waited(),
        group.blockedAt(),
        group.createdBy(),
        finding.verdict(),
        finding.id(),
        reason(group, finding),
        scene.baselines().stream().map(before -> before.of(group, scene.counted())).toList(),
        null);
  }

  private static String reason(StackGroup group, Finding finding) {
    return finding.verdict() == Verdict.NORMAL
        ? finding.reason()
        : Libraries.remedy(group)
            .map(remedy -> finding.reason() + " (" + remedy + ")")
            .orElse(finding.reason());
  }

  /**
   * As many as in every baseline is how the program is: what is only suspect is then normal. A leak
   * stays one.
   */
  private static Finding steady(Finding finding, StackGroup group, Scene scene) {
    boolean steady =
        !scene.baselines().isEmpty()
            && scene.baselines().stream()
                .allMatch(before -> before.of(group, scene.counted()) >= group.count());
    return steady && finding.verdict() == Verdict.SUSPECT
        ? Finding.normal(finding.id(), finding.reason() + "; no more than in the baseline")
        : finding;
  }

  /** The worst finding of all rules; of equal ones the first. */
  static Finding judge(StackGroup group, Scene scene) {
    Finding worst = null;
    for (Rule rule : RULES) {
      Finding finding = rule.judge(group, scene).orElse(null);
      if (finding != null && (worst == null || finding.verdict().compareTo(worst.verdict()) > 0)) {
        worst = finding;
      }
    }
    return java.util.Objects.requireNonNull(worst, "the last rule answers always");
  }
}
