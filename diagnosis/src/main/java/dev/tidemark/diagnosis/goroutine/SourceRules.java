package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.source.SourceFolder;
import dev.tidemark.diagnosis.source.SourceView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the source adds to a report: the line, and verdicts that only it can decide. */
public final class SourceRules {
  static final String TIME_AFTER = "goroutine-time-after";
  private static final String NORMAL = new NormalRule().id();

  /** A program has few loops of one kind that wait for the clock. */
  private static final int MANY = 10;

  private SourceRules() {}

  /** The report with the source beside each group whose file is there. */
  public static GoroutineReport look(GoroutineReport report, SourceFolder source)
      throws IOException {
    List<GoroutineReport.Group> groups = new ArrayList<>();
    for (GoroutineReport.Group group : report.groups()) {
      groups.add(look(group, source));
    }
    return new GoroutineReport(report.file(), report.goroutines(), report.truncated(), groups);
  }

  private static GoroutineReport.Group look(GoroutineReport.Group group, SourceFolder source)
      throws IOException {
    Frame at = group.blockedAt();
    String file = at == null ? null : at.file();
    Integer line = at == null ? null : at.line();
    if (file == null || line == null) {
      return group;
    }
    SourceView view = source.at(file, line).orElse(null);
    return view == null ? group : group.seen(judge(group, view), view);
  }

  private static Finding judge(GoroutineReport.Group group, SourceView view) {
    Finding found = new Finding(group.finding(), group.verdict(), group.reason());
    boolean selects = view.text().startsWith("select");
    boolean guessed =
        group.verdict() == Verdict.SUSPECT
            && (group.finding().equals("goroutine-blocked-receive")
                || group.finding().equals("goroutine-context-lost"));
    if (view.timer() && guessed) {
      found = ofClock(group, view);
    }
    if (selects && view.timeAfterInLoop() && found.verdict() == Verdict.NORMAL) {
      return Finding.suspect(
          TIME_AFTER,
          "each turn of its loop makes a timer by time.After, which lives until it fires"
              + " (up to Go 1.22)");
    }
    return found;
  }

  /**
   * What was suspect because a timer may be there, and one is. It wakes a goroutine and does not
   * end it: one loop may be meant to stay, many that somebody left behind are not.
   */
  private static Finding ofClock(GoroutineReport.Group group, SourceView view) {
    SourceView.Place stop = view.stopped();
    if (stop != null) {
      return Finding.suspect(
          group.finding(),
          group.reason()
              + "; its ticker is stopped at "
              + stop.file()
              + ":"
              + stop.line()
              + ", which ends no wait for it");
    }
    return group.count() < MANY
        ? Finding.normal(NORMAL, "waits for the clock, as its line says")
        : Finding.suspect(
            group.finding(),
            group.reason()
                + "; its line waits for the clock, which ends none"
                + (view.timeAfterInLoop() ? ", and makes a timer by time.After each turn" : ""));
  }
}
