package dev.tidemark.exporter.page;

import dev.tidemark.engine.HorizonGrowth;
import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.exposition.Outputs;
import dev.tidemark.exporter.fleet.SeriesHistory;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.health.Restart;
import dev.tidemark.signals.signal.Support;
import dev.tidemark.signals.signal.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The page of one series: its verdict in words, its drawing, and what else is known of it. */
final class SeriesPage {
  private static final Duration USUAL_WINDOW = Duration.ofHours(24);
  private static final long SAME_START_MILLIS = 5_000;

  private final Condition condition;
  private final SeriesView view;
  private final SeriesId id;
  private final String window;

  /**
   * @param window the one to draw; empty for the longest of at most a day, else the shortest
   */
  SeriesPage(Condition condition, SeriesView view, String window) {
    this.condition = condition;
    this.view = view;
    this.id = SeriesId.of(view);
    this.window = window;
  }

  /**
   * @param id as it was sent
   */
  static String notFound(String id, Condition condition) {
    if (id.isEmpty()) {
      return "name a series: /series?id=goroutines{…}, as the links of the page do";
    }
    boolean isOne = !SeriesId.parse(id).signal().isEmpty();
    return condition
        .notReady()
        .map(why -> "nothing is judged yet: " + why)
        .orElse(
            "no series is called "
                + id
                + (isOne
                    ? "; one that is silent for an hour is freed"
                    : "; an id is a signal and a target, as goroutines{instance=\"a:1\",job=\"api\"}"));
  }

  static String missing(String id, Condition condition) {
    Html html = Frame.begin("No such series").raw("<h1>No such series</h1>\n<p>");
    html.text(Words.sentence(notFound(id, condition))).raw("</p>\n");
    return Frame.end(html);
  }

  /** Whether the window to draw is one of those that are remembered. */
  boolean hasWindow(SeriesHistory history) {
    return chosen(history).isPresent();
  }

  String with(SeriesHistory history) {
    Html html = head();
    Optional<SeriesHistory.Window> chosen = chosen(history);
    windows(html, history, chosen.map(HistoryJson::name).orElse(""));
    if (chosen.isEmpty()) {
      html.raw("<p class=\"warn\">There is no window called ").text(window);
      html.raw(", only those above.</p>\n");
    } else if (chosen.filter(Drawing::isPossible).isPresent()) {
      Drawing.add(html, view, chosen.get(), starts());
    } else {
      html.raw("<p>Nothing is remembered of this time.</p>\n");
    }
    return rest(html);
  }

  /** Where the history cannot be told. */
  String without(String why) {
    Html html = head().raw("<p class=\"warn\">");
    html.text("It cannot be drawn now: " + why + ". Load the page again.").raw("</p>\n");
    return rest(html);
  }

  private Optional<SeriesHistory.Window> chosen(SeriesHistory history) {
    if (!window.isEmpty()) {
      return history.windows().stream().filter(w -> HistoryJson.name(w).equals(window)).findFirst();
    }
    Optional<SeriesHistory.Window> usual =
        history.windows().stream()
            .filter(w -> w.trace().window().compareTo(USUAL_WINDOW) <= 0)
            .reduce((shorter, longer) -> longer);
    return usual.or(() -> history.windows().stream().findFirst());
  }

  private List<Long> starts() {
    return Stream.concat(
            Stream.of(view.startMillis()),
            condition.restarts(view).stream()
                .filter(restart -> restart.target().equals(view.target()))
                .map(Restart::atMillis)
                .filter(at -> Math.abs(at - view.startMillis()) > SAME_START_MILLIS))
        .sorted()
        .toList();
  }

  private void windows(Html html, SeriesHistory history, String drawn) {
    html.raw("<p>Drawn:");
    for (String name : HistoryJson.names(history)) {
      html.raw(" ");
      if (name.equals(drawn)) {
        html.raw("<strong>").text(name).raw("</strong>");
      } else {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("id", id.toString());
        parameters.put("window", name);
        html.link(Links.of("/series", parameters), name);
      }
    }
    html.raw("</p>\n");
  }

  private Html head() {
    Html html = Frame.begin(view.signal().title() + " of " + view.target() + " – Tidemark");
    html.raw("<h1>").text(view.signal().title()).raw("</h1>\n<p><code>");
    html.text(view.target()).raw("</code>, workload ");
    html.link(Links.of("/", Map.of("q", "workload=\"" + view.workload() + "\"")), view.workload());
    html.raw("</p>\n");
    verdict(html);
    return html;
  }

  private void verdict(Html html) {
    Judgement j = view.judgement();
    html.raw("<p class=\"verdict\">");
    if (!view.isTrueAt(condition.now())) {
      Duration silent = Duration.between(Instant.ofEpochMilli(j.timeMillis()), condition.now());
      html.raw("<span class=\"old\">No data for ").text(Words.span(silent));
      html.raw(". What was true then:</span> ");
    } else if (j.leakState() != LeakState.NONE) {
      html.raw("<span class=\"" + SeriesTable.style(j.leakState()) + "\">Leak ");
      html.text(Words.name(j.leakState())).raw(".</span> ");
    } else if (j.score() > 1) {
      html.raw("<span class=\"warn\">Outside its band.</span> ");
    }
    html.text(Words.sentence(view.reason())).raw("</p>\n");
  }

  private String rest(Html html) {
    facts(html);
    growth(html);
    HealthSection.add(html, view, condition);
    others(html);
    lacks(html);
    html.raw("<p>As JSON: ")
        .link("/api/v1/series/" + Links.part(id.toString()), "/api/v1/series/" + id)
        .raw("</p>\n");
    return Frame.end(html);
  }

  private void facts(Html html) {
    Judgement j = view.judgement();
    Unit unit = view.signal().unit();
    boolean holds = view.isTrueAt(condition.now());
    html.raw("<h2>Now</h2>\n<table class=\"facts\"><tbody>\n");
    fact(html, "What it is", view.signal().text());
    fact(html, "Value", Words.value(j.value(), unit) + " at " + Words.moment(j.timeMillis()));
    fact(html, "Normally", Words.value(j.expected(), unit));
    fact(html, "Band", Words.band(j, unit));
    fact(html, "Score", holds ? Words.plain(j.score()) + " (above 1 is outside)" : "withdrawn");
    if (holds && !Double.isNaN(j.peerScore())) {
      fact(html, "Score against its peers", Words.plain(j.peerScore()));
    }
    fact(html, "Limit", Words.value(view.limit(), unit));
    fact(html, "To the limit", holds ? Words.span(j.timeToLimitSeconds()) : "withdrawn");
    long start = view.startMillis();
    fact(html, "Process started", start == 0 ? "not known" : Words.moment(start));
    String frozen = j.frozen() ? "; frozen, it does not learn now" : "";
    fact(html, "Learnt", Words.span(j.historyMillis() / 1000.0) + " of its own" + frozen);
    condition
        .supported()
        .of(view)
        .ifPresent(
            support -> {
              fact(html, "Made from", Words.sentence(support.basis()));
              if (!support.hint().isEmpty()) {
                fact(html, "Exact with", support.hint());
              }
            });
    html.raw("</tbody></table>\n");
  }

  private static void fact(Html html, String name, String text) {
    html.raw("<tr><th>" + name + "</th>").cell("", text).raw("</tr>\n");
  }

  private void growth(Html html) {
    List<HorizonGrowth> horizons = view.judgement().growth();
    if (horizons.isEmpty()) {
      return;
    }
    Unit unit = view.signal().unit();
    html.raw(
            "<h2>Growth</h2>\n<div class=\"wide\"><table class=\"growth\"><thead><tr><th>Horizon</th>")
        .raw("<th>Looks back on</th><th>An hour</th><th>p</th><th>Leak</th><th>Why</th></tr>")
        .raw("</thead><tbody>\n");
    for (HorizonGrowth horizon : horizons) {
      html.raw("<tr>").cell("", Outputs.window(horizon.horizon()));
      html.cell("n", Words.span(horizon.spanMillis() / 1000.0));
      html.cell("n", Words.value(horizon.perSecond() * 3600, unit));
      html.cell("n", Words.plain(horizon.pValue()));
      html.cell(SeriesTable.style(horizon.state()), Words.name(horizon.state()));
      html.cell("", horizon.reason()).raw("</tr>\n");
    }
    html.raw("</tbody></table></div>\n");
  }

  private void others(Html html) {
    List<SeriesView> others =
        condition.snapshot().of(view.target()).stream()
            .filter(other -> !other.signal().id().equals(view.signal().id()))
            .toList();
    html.raw("<h2>Other signals of this target</h2>\n");
    if (others.isEmpty()) {
      html.raw("<p>None is judged.</p>\n");
    } else {
      SeriesTable.add(html, others, condition.now());
    }
  }

  private void lacks(Html html) {
    html.raw("<h2>What this target cannot be judged by</h2>\n");
    if (!condition.supported().isKnown(view)) {
      html.raw("<p>Not known yet: the source is asked once an hour, a few names at a time.</p>\n");
      return;
    }
    List<Support> missing = condition.supported().missing(view);
    if (missing.isEmpty()) {
      html.raw("<p>It can be judged by every signal that is asked for.</p>\n");
      return;
    }
    html.raw("<ul>\n");
    for (Support support : missing) {
      html.raw("<li>").text(support.signal().title()).raw(" (<code>");
      html.text(support.signal().id()).raw("</code>): ").text(support.hint()).raw("</li>\n");
    }
    html.raw("</ul>\n");
  }
}
