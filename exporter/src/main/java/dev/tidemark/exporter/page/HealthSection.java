package dev.tidemark.exporter.page;

import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.fleet.TargetView;
import dev.tidemark.exporter.health.Finding;
import dev.tidemark.exporter.health.Finding.Verdict;
import dev.tidemark.exporter.health.MemoryAccount;
import dev.tidemark.exporter.health.Restart;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What ails the target of a series, and how the processes before it ended. */
final class HealthSection {
  private HealthSection() {}

  static void add(Html html, SeriesView view, Condition condition) {
    Optional<TargetView> health = condition.health(view.target());
    if (health.isPresent()) {
      troubles(html, health.get());
      memory(html, health.get().memory());
    }
    restarts(html, condition.restarts(view));
  }

  private static void troubles(Html html, TargetView health) {
    html.raw("<h2>Troubles</h2>\n");
    if (!Double.isNaN(health.score().score())) {
      html.raw("<p>Health ").text(Words.plain(Math.rint(health.score().score())));
      html.raw(" of 100.</p>\n");
    }
    List<Finding> present = with(Verdict.YES, health);
    if (present.isEmpty()) {
      html.raw("<p>None is found.</p>\n");
    } else {
      html.raw("<ul>\n");
      present.forEach(finding -> finding(html, finding, "bad"));
      html.raw("</ul>\n");
    }
    List<Finding> unknown = with(Verdict.UNKNOWN, health);
    if (!unknown.isEmpty()) {
      html.raw("<details><summary>").text(Words.plain(unknown.size()));
      html.raw(" that cannot be told of this target</summary><ul>\n");
      unknown.forEach(finding -> finding(html, finding, ""));
      html.raw("</ul></details>\n");
    }
  }

  private static void memory(Html html, MemoryAccount memory) {
    if (memory.isKnown()) {
      html.raw("<h2>Where its memory was at ");
      html.text(Instant.ofEpochMilli(memory.atMillis()).truncatedTo(ChronoUnit.SECONDS).toString());
      html.raw("</h2>\n<p>").text(Words.sentence(memory.inWords()));
      html.raw("</p>\n");
    }
  }

  private static List<Finding> with(Verdict verdict, TargetView health) {
    return health.findings().stream().filter(f -> f.verdict() == verdict).toList();
  }

  private static void finding(Html html, Finding finding, String style) {
    html.raw("<li><span class=\"" + style + "\">");
    html.text(finding.trouble().label().replace('_', ' ')).raw("</span>: ");
    html.text(finding.reason()).raw("</li>\n");
  }

  private static void restarts(Html html, List<Restart> restarts) {
    if (restarts.isEmpty()) {
      return;
    }
    html.raw("<h2>Last restarts of this workload</h2>\n<ul>\n");
    for (int i = restarts.size() - 1; i >= 0; i--) {
      restart(html, restarts.get(i));
    }
    html.raw("</ul>\n");
  }

  private static void restart(Html html, Restart restart) {
    html.raw("<li>").text(Words.moment(restart.atMillis())).raw(", <code>");
    html.text(restart.target()).raw("</code>: ");
    html.text(
        restart.why() == Restart.Why.UNKNOWN
            ? "nobody told why"
            : restart.why().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    if (restart.livedMillis() >= 0) {
      html.text(" after " + Words.span(restart.livedMillis() / 1000.0));
    }
    for (Restart.LastState state : restart.before()) {
      html.raw("<br>").text(state.signal() + ": " + state.reason());
    }
    html.raw("</li>\n");
  }
}
