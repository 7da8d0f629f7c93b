package dev.tidemark.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.LeakState;
import dev.tidemark.engine.Trace;
import dev.tidemark.exporter.fake.Golden;
import dev.tidemark.exporter.fleet.SeriesHistory;
import dev.tidemark.exporter.fleet.SeriesView;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class SeriesPageTest {
  private static final List<SeriesView> FEW = PageTest.few();

  private static String page(SeriesView view, SeriesHistory history) {
    return new SeriesPage(PageTest.condition(FEW), view, "").with(history);
  }

  /** The drawing, read by a parser that allows no mistake. */
  private static Document drawing(SeriesView view, IntToDoubleFunction level) throws Exception {
    String html = page(view, Remembered.day(level));
    String svg = html.substring(html.indexOf("<svg"), html.indexOf("</svg>") + 6);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static String path(Document svg, String style) {
    var paths = svg.getElementsByTagName("path");
    for (int i = 0; i < paths.getLength(); i++) {
      if (paths.item(i) instanceof Element path && path.getAttribute("class").equals(style)) {
        return path.getAttribute("d");
      }
    }
    return "";
  }

  @Test
  void the_page_of_a_leak_is_as_the_golden_file() throws IOException {
    SeriesHistory history =
        Remembered.day(
            i -> i == 20 || i == 21 ? Double.NaN : i < 30 ? 170 + i : 200 + 46 * (i - 30));
    Golden.check("drawn.html", page(FEW.get(0), history));
  }

  @Test
  void a_gap_is_not_drawn_over_but_one_empty_slot_is() throws Exception {
    Document svg = drawing(FEW.get(0), i -> i == 5 || i == 20 || i == 21 ? Double.NaN : 180);
    assertThat(path(svg, "level").chars().filter(c -> c == 'M')).hasSize(2);
    assertThat(path(svg, "level")).doesNotContain("NaN");
  }

  @Test
  void a_far_limit_is_told_and_not_drawn_and_a_near_one_is_drawn() throws Exception {
    assertThat(path(drawing(FEW.get(0), i -> 180), "limit")).isEmpty();
    assertThat(page(FEW.get(0), Remembered.day(i -> 180))).contains("limit 10,000 (further away)");
    assertThat(path(drawing(FEW.get(0), i -> 4000 + i), "limit")).isNotEmpty();
  }

  @Test
  void only_what_is_known_of_a_young_series_is_drawn() throws Exception {
    Document svg = drawing(FEW.get(0), i -> i < 40 ? Double.NaN : 180);
    assertThat(path(svg, "level")).startsWith("M");
    assertThat(page(FEW.get(0), Remembered.day(i -> Double.NaN)))
        .contains("Nothing is remembered")
        .doesNotContain("<svg");
  }

  @Test
  void draws_the_longest_window_of_at_most_a_day_and_else_the_shortest() {
    SeriesHistory.Window day = Remembered.day(i -> 180).windows().get(1);
    record Case(List<Integer> hours, String drawn) {}
    for (Case c :
        List.of(
            new Case(List.of(1, 24, 168), "24h"),
            new Case(List.of(1, 12, 48), "12h"),
            new Case(List.of(168, 336), "7d"))) {
      SeriesHistory history =
          new SeriesHistory(
              c.hours().stream().map(hours -> SeriesPageTest.over(day, hours)).toList());
      assertThat(page(FEW.get(0), history))
          .as("%s", c)
          .contains("<strong>" + c.drawn() + "</strong>", "<svg");
    }
  }

  private static SeriesHistory.Window over(SeriesHistory.Window window, int hours) {
    Trace t = window.trace();
    return new SeriesHistory.Window(
        new Trace(Duration.ofHours(hours), t.firstMillis(), t.stepMillis(), t.values()),
        window.bands());
  }

  @Test
  void any_level_can_be_drawn() throws Exception {
    double[] levels = {0, -5, 1e-9, 1e15, 1e70, Double.MIN_VALUE, -1e70};
    for (double level : levels) {
      String drawn = path(drawing(FEW.get(1), i -> level), "level");
      assertThat(drawn).as("level %s", level).doesNotContain("NaN").doesNotContain("Infinity");
    }
  }

  @Test
  void the_drawing_says_in_words_what_it_shows() throws Exception {
    Document svg = drawing(FEW.get(0), i -> 100 + i);
    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo(
            "31 Dec 12:00 to 1 Jan 12:00 UTC: 100 at the lowest, 147 at the highest;"
                + " the last value, of 1 Jan 11:59, is 1,043;"
                + " normally 180, the band is 155 … 205; the limit is 10,000;"
                + " a process started 1 Jan 00:53.");
  }

  @Test
  void a_level_that_never_changed_is_told_once() throws Exception {
    assertThat(drawing(FEW.get(0), i -> 180).getElementsByTagName("desc").item(0).getTextContent())
        .contains("UTC: 180 throughout; the last value,");
  }

  @Test
  void a_window_that_there_is_not_is_said_to_be_none() {
    SeriesPage page = new SeriesPage(PageTest.condition(FEW), FEW.get(0), "<7h>");
    SeriesHistory history = Remembered.day(i -> 180);
    assertThat(page.hasWindow(history)).isFalse();
    assertThat(page.with(history))
        .contains("There is no window called &lt;7h&gt;, only those above.")
        .doesNotContain("Nothing is remembered");
    assertThat(new SeriesPage(PageTest.condition(FEW), FEW.get(0), "").hasWindow(history)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''             | name a series: /series?id=goroutines{…}, as the links of the page do",
        "goroutines     | no series is called goroutines; an id is a signal and a target,",
        "goroutines{a=1 | no series is called goroutines{a=1; an id is a signal and a target,",
        "goroutines{a}  | no series is called goroutines{a}; one that is silent for an hour is",
      })
  void what_names_no_series_is_told_what_would(String id, String said) {
    assertThat(SeriesPage.notFound(id, PageTest.condition(FEW))).startsWith(said);
  }

  @Test
  void a_series_that_is_silent_is_said_to_be() {
    assertThat(page(FEW.get(2), Remembered.day(i -> 180)))
        .contains("No data for 20 min", "withdrawn");
  }

  @Test
  void without_a_history_everything_else_is_told() {
    String html =
        new SeriesPage(PageTest.condition(FEW), FEW.get(0), "").without("the exporter was busy");
    assertThat(html)
        .contains("It cannot be drawn now: the exporter was busy.")
        .contains("Leak confirmed")
        .contains("/series?id=heap_live%7Binstance%3D%22a%3A1%22%2Cjob%3D%22api%22%7D")
        .doesNotContain("<svg viewBox=\"0 0 960");
  }

  @Test
  void nothing_from_a_label_a_workload_or_an_id_becomes_markup() {
    String evil = "<script>alert(1)</script>\"'&";
    SeriesView view = PageTest.view("goroutines", evil, 2, LeakState.CONFIRMED, PageTest.NOW);
    assertThat(page(view, Remembered.day(i -> 180)))
        .doesNotContain("<script")
        .doesNotContain("\"'&<")
        .contains("&lt;script&gt;");
    assertThat(SeriesPage.missing(evil + "{}", PageTest.condition(FEW)))
        .doesNotContain("<script")
        .contains("No series is called");
  }
}
