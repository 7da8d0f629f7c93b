package dev.tidemark.exporter.page;

import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.signals.signal.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Series as rows, each with its verdict and a way to its drawing. */
final class SeriesTable {
  private SeriesTable() {}

  static void add(Html html, List<SeriesView> rows, Instant now) {
    html.raw("<div class=\"wide\"><table><thead><tr><th>Signal</th><th>Target</th><th>Value</th>")
        .raw("<th>Normally</th><th>Band</th><th>Score</th><th>Leak</th><th>To limit</th>")
        .raw("<th>Why</th></tr></thead><tbody>\n");
    for (SeriesView view : rows) {
      row(html, view, now);
    }
    html.raw("</tbody></table></div>\n");
  }

  private static void row(Html html, SeriesView view, Instant now) {
    Judgement j = view.judgement();
    Unit unit = view.signal().unit();
    html.raw("<tr><td>")
        .link(Links.series(SeriesId.of(view)), view.signal().id())
        .raw("</td><td><code>")
        .text(view.target())
        .raw("</code></td>");
    html.cell("n", Words.value(j.value(), unit));
    html.cell("n", Words.value(j.expected(), unit));
    html.cell("n", Words.band(j, unit));
    if (view.isTrueAt(now)) {
      html.cell(j.score() > 1 ? "n warn" : "n", Words.plain(j.score()));
      html.cell(style(j.leakState()), Words.name(j.leakState()));
      html.cell("n", Words.span(j.timeToLimitSeconds()));
      html.cell("", view.reason());
    } else {
      Duration silent = Duration.between(Instant.ofEpochMilli(j.timeMillis()), now);
      html.raw("<td></td><td></td><td></td>");
      html.cell("old", "no data for " + Words.span(silent));
    }
    html.raw("</tr>\n");
  }

  static String style(LeakState state) {
    return switch (state) {
      case NONE -> "";
      case SUSPECTED -> "warn";
      case CONFIRMED -> "bad";
    };
  }
}
