package dev.tidemark.exporter.page;

import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.source.SourceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The page: how the exporter does, who grows most, and every series with its verdict. */
final class IndexPage {
  static final int ROWS = 200;
  private static final int GROWERS = 10;

  private IndexPage() {}

  /**
   * @param search what labels must contain; empty for all
   */
  static String of(Condition condition, String search) {
    Html html = Frame.begin("Tidemark exporter").raw("<h1>Tidemark exporter</h1>\n");
    status(html, condition);
    growers(html, condition);
    series(html, condition, search);
    return Frame.end(html);
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
                    .thenComparing(v -> SeriesOrder.TIME_TO_LIMIT.key(v, condition.now()))
                    .thenComparing(v -> SeriesOrder.GROWTH.key(v, condition.now())))
            .limit(GROWERS)
            .toList();
    html.raw("<h2>Top growers</h2>\n");
    if (growers.isEmpty()) {
      html.raw("<p>Nothing grows.</p>\n");
      return;
    }
    SeriesTable.add(html, growers, condition.now());
  }

  private static boolean grows(SeriesView view) {
    return view.judgement().leakState() != LeakState.NONE || view.judgement().rises();
  }

  private static void series(Html html, Condition condition, String search) {
    SeriesQuery query = SeriesQuery.first(SeriesFilter.containing(search), ROWS);
    SeriesQuery.Selection found = query.from(condition.snapshot().series(), condition.now());
    html.raw("<h2>Series</h2>\n<form action=\"/\" method=\"get\"><input name=\"q\" value=\"")
        .text(search)
        .raw(
            "\" placeholder=\"namespace=&quot;pay&quot;, a pod, a signal …\"> <button>Search</button></form>\n");
    if (found.series().isEmpty()) {
      html.raw("<p>No series").text(search.isEmpty() ? " yet." : " contains this.").raw("</p>\n");
      return;
    }
    SeriesTable.add(html, found.series(), condition.now());
    if (found.next().isPresent()) {
      html.raw("<p>These are the first ")
          .text(Words.plain(ROWS))
          .raw("; search, or read all from /api/v1/series.</p>\n");
    }
  }
}
