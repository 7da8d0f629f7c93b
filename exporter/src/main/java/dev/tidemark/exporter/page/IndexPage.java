package dev.tidemark.exporter.page;

import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.source.SourceStatus;
import dev.tidemark.signals.signal.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The page: how the exporter does, who grows most, and every series with its verdict. */
final class IndexPage {
  static final int ROWS = 200;
  private static final int GROWERS = 10;
  private static final String STYLE =
      "body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:82rem;padding:0 1rem;color:#1c2733}"
          + "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}"
          + "table{border-collapse:collapse;width:100%}"
          + "th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #dfe5ea;vertical-align:top}"
          + "td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
          + ".bad{color:#a3161a;font-weight:600}.warn{color:#8a5300;font-weight:600}.old{color:#7b8794}"
          + "code{overflow-wrap:anywhere}input{font:inherit;padding:.25rem .4rem;width:24rem}";

  private IndexPage() {}

  /**
   * @param search what labels must contain; empty for all
   */
  static String of(Condition condition, String search) {
    Html html = new Html();
    html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width\">")
        .raw("<title>Tidemark exporter</title><style>")
        .raw(STYLE)
        .raw("</style></head><body>\n<h1>Tidemark exporter</h1>\n");
    status(html, condition);
    growers(html, condition);
    series(html, condition, search);
    html.raw("<p><a href=\"/metrics\">/metrics</a> · <a href=\"/metrics/self\">/metrics/self</a>")
        .raw(" · <a href=\"/api/v1/series\">/api/v1/series</a></p>\n</body></html>\n");
    return html.toString();
  }

  private static void status(Html html, Condition condition) {
    html.raw("<ul>\n");
    condition.sources().forEach(source -> source(html, condition, source));
    html.raw("<li>Newest data: ");
    html.text(condition.age().map(age -> Words.span(age) + " old").orElse("none yet"));
    html.raw("</li>\n<li>")
        .text(Words.plain(condition.snapshot().series().size()))
        .raw(" series of ")
        .text(Words.plain(condition.snapshot().workloads()))
        .raw(" workloads</li>\n</ul>\n");
  }

  private static void source(Html html, Condition condition, SourceStatus source) {
    html.raw("<li>Source <code>").text(source.name()).raw("</code>: ");
    if (!source.failure().isEmpty()) {
      html.raw("<span class=\"bad\">").text(source.failure()).raw("</span>");
    } else if (source.lastSuccess().equals(Instant.EPOCH)) {
      html.raw("not asked yet");
    } else {
      Duration since = Duration.between(source.lastSuccess(), condition.now());
      html.raw("answered ").text(Words.span(since)).raw(" ago");
    }
    html.raw("; ").text(condition.learnt(source)).raw("</li>\n");
  }

  private static void growers(Html html, Condition condition) {
    List<SeriesView> growers =
        condition.snapshot().series().stream()
            .filter(view -> view.isTrueAt(condition.now()))
            .filter(IndexPage::grows)
            .sorted(
                Comparator.comparing((SeriesView v) -> -v.judgement().leakState().code())
                    .thenComparingDouble(v -> soonest(v.judgement().timeToLimitSeconds()))
                    .thenComparingDouble(v -> -shareAnHour(v.judgement())))
            .limit(GROWERS)
            .toList();
    html.raw("<h2>Top growers</h2>\n");
    if (growers.isEmpty()) {
      html.raw("<p>Nothing grows.</p>\n");
      return;
    }
    table(html, growers, condition.now());
  }

  private static boolean grows(SeriesView view) {
    return view.judgement().leakState() != LeakState.NONE
        || view.judgement().growth().stream().anyMatch(horizon -> horizon.rising());
  }

  private static double soonest(double seconds) {
    return Double.isNaN(seconds) ? Double.POSITIVE_INFINITY : seconds;
  }

  /** Growth an hour as a share of what is normal, so that bytes and goroutines compare. */
  private static double shareAnHour(Judgement judgement) {
    double normal = Math.max(Math.abs(judgement.expected()), 1e-9);
    return Double.isNaN(normal) ? 0 : judgement.growthPerSecond() * 3600 / normal;
  }

  private static void series(Html html, Condition condition, String search) {
    SeriesQuery query = new SeriesQuery("", "", search.toLowerCase(Locale.ROOT), ROWS, "");
    SeriesQuery.Selection found = query.from(condition.snapshot().series(), condition.now());
    html.raw("<h2>Series</h2>\n<form action=\"/\" method=\"get\"><input name=\"q\" value=\"")
        .text(search)
        .raw(
            "\" placeholder=\"namespace=&quot;pay&quot;, a pod, a signal …\"> <button>Search</button></form>\n");
    if (found.series().isEmpty()) {
      html.raw("<p>No series").text(search.isEmpty() ? " yet." : " contains this.").raw("</p>\n");
      return;
    }
    table(html, found.series(), condition.now());
    if (found.more()) {
      html.raw("<p>These are the first ")
          .text(Words.plain(ROWS))
          .raw("; search, or read all from /api/v1/series.</p>\n");
    }
  }

  private static void table(Html html, List<SeriesView> rows, Instant now) {
    html.raw("<table><thead><tr><th>Signal</th><th>Target</th><th>Value</th><th>Normally</th>")
        .raw("<th>Band</th><th>Score</th><th>Leak</th><th>To limit</th><th>Why</th></tr></thead>")
        .raw("<tbody>\n");
    for (SeriesView view : rows) {
      row(html, view, now);
    }
    html.raw("</tbody></table>\n");
  }

  private static void row(Html html, SeriesView view, Instant now) {
    Judgement j = view.judgement();
    Unit unit = view.signal().unit();
    html.raw("<tr>").cell("", view.signal().id());
    html.raw("<td><code>").text(view.target()).raw("</code></td>");
    html.cell("n", Words.value(j.value(), unit));
    html.cell("n", Words.value(j.expected(), unit));
    html.cell("n", Words.value(j.lower(), unit) + " … " + Words.value(j.upper(), unit));
    if (view.isTrueAt(now)) {
      html.cell(j.score() > 1 ? "n warn" : "n", Words.plain(j.score()));
      html.cell(style(j.leakState()), SeriesQuery.name(j.leakState()));
      html.cell("n", Words.span(j.timeToLimitSeconds()));
      html.cell("", view.reason());
    } else {
      Duration silent = Duration.between(Instant.ofEpochMilli(j.timeMillis()), now);
      html.raw("<td></td><td></td><td></td>");
      html.cell("old", "no data for " + Words.span(silent));
    }
    html.raw("</tr>\n");
  }

  private static String style(LeakState state) {
    return switch (state) {
      case NONE -> "";
      case SUSPECTED -> "warn";
      case CONFIRMED -> "bad";
    };
  }
}
