package dev.tidemark.exporter.page;

import dev.tidemark.engine.Trace;
import dev.tidemark.exporter.fleet.SeriesHistory;
import dev.tidemark.exporter.fleet.SeriesHistory.BandAt;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.signals.signal.Unit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One window of one series as SVG: the level, its band, its limit and when its process started. */
final class Drawing {
  private static final double WIDTH = 960;
  private static final double HEIGHT = 340;
  private static final double LEFT = 84;
  private static final double RIGHT = 26;
  private static final double TOP = 12;
  private static final double BOTTOM = 44;

  /** A limit further away than this many times the rest would press the rest flat. */
  private static final double FAR = 3;

  /** Where most of the window is empty, only its end is drawn, but so many slots at least. */
  private static final int FEWEST_SLOTS = 20;

  private final SeriesView view;
  private final SeriesHistory.Window window;
  private final long from;
  private final long to;
  private final List<BandAt> bands;
  private final List<Long> starts;
  private final boolean isLimitDrawn;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  private Drawing(SeriesView view, SeriesHistory.Window window, List<Long> starts) {
    this.view = view;
    this.window = window;
    Trace trace = window.trace();
    int known = 0;
    while (trace.values().get(known).isNaN()) {
      known++;
    }
    int first = Math.max(0, Math.min(known, trace.values().size() - FEWEST_SLOTS));
    this.from = trace.firstMillis() + first * trace.stepMillis();
    this.to = trace.firstMillis() + trace.values().size() * trace.stepMillis();
    this.bands = bandsFrom(window.bands(), from);
    this.starts = starts.stream().filter(start -> start >= from && start <= to).toList();
    trace.values().forEach(this::reaches);
    bands.forEach(band -> reaches(band.upper()));
    bands.forEach(band -> reaches(band.lower()));
    double limit = view.limit();
    this.isLimitDrawn = Double.isFinite(limit) && limit <= FAR * high && limit >= low;
    if (isLimitDrawn) {
      reaches(limit);
    }
    leaveRoom();
  }

  /** From the last one before a time. */
  private static List<BandAt> bandsFrom(List<BandAt> bands, long time) {
    int first = 0;
    while (first + 1 < bands.size() && bands.get(first + 1).timeMillis() <= time) {
      first++;
    }
    return bands.subList(first, bands.size());
  }

  /** Whether anything is remembered that could be drawn. */
  static boolean isPossible(SeriesHistory.Window window) {
    return window.trace().values().stream().anyMatch(value -> !value.isNaN());
  }

  /**
   * Only where {@link #isPossible}.
   *
   * @param starts when its processes started, epoch milliseconds, as far as is known
   */
  static void add(Html html, SeriesView view, SeriesHistory.Window window, List<Long> starts) {
    new Drawing(view, window, starts).add(html);
  }

  private void reaches(double value) {
    if (Double.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }

  private void leaveRoom() {
    if (low >= 0 && low < high * 0.6) {
      low = 0;
    }
    double room = Math.max((high - low) * 0.06, Math.max(Math.abs(high) * 0.02, 1e-9));
    low = low == 0 ? 0 : low - room;
    high += room;
  }

  private void add(Html html) {
    html.raw("<svg viewBox=\"0 0 " + place(WIDTH) + " " + place(HEIGHT))
        .raw("\" role=\"img\" aria-labelledby=\"drawn what\"><title id=\"drawn\">")
        .text(view.signal().title() + ", " + HistoryJson.name(window))
        .raw("</title><desc id=\"what\">")
        .text(description())
        .raw("</desc>\n");
    band(html);
    axes(html);
    expected(html);
    starts.forEach(start -> rule(html, "start", x(start), TOP, x(start), HEIGHT - BOTTOM));
    if (isLimitDrawn) {
      rule(html, "limit", LEFT, y(view.limit()), WIDTH - RIGHT, y(view.limit()));
    }
    level(html);
    html.raw("</svg>\n");
    key(html);
  }

  /** All that the drawing shows, for who cannot see it. */
  private String description() {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (double value : window.trace().values()) {
      lowest = Double.isNaN(value) ? lowest : Math.min(lowest, value);
      highest = Double.isNaN(value) ? highest : Math.max(highest, value);
    }
    Unit unit = view.signal().unit();
    String low = Words.value(lowest, unit);
    String high = Words.value(highest, unit);
    return Ticks.moment(from)
        + " to "
        + Ticks.moment(to)
        + " UTC: "
        + (low.equals(high)
            ? low + " throughout"
            : low + " at the lowest, " + high + " at the highest")
        + "; the last value, of "
        + Ticks.moment(view.judgement().timeMillis())
        + ", is "
        + Words.value(view.judgement().value(), unit)
        + "; normally "
        + Words.value(view.judgement().expected(), unit)
        + ", the band is "
        + Words.band(view.judgement(), unit)
        + (Double.isFinite(view.limit()) ? "; the limit is " + Words.value(view.limit(), unit) : "")
        + (starts.isEmpty() ? "" : "; a process started " + startsInWords())
        + ".";
  }

  private String startsInWords() {
    return starts.stream().map(Ticks::moment).collect(Collectors.joining(", "));
  }

  private void axes(Html html) {
    for (Ticks.Tick tick : Ticks.values(low, high, view.signal().unit())) {
      double y = y(tick.at());
      rule(html, "grid", LEFT, y, WIDTH - RIGHT, y);
      label(html, LEFT - 8, y + 4, "end", tick.text());
    }
    for (Ticks.Tick tick : Ticks.times(from, to)) {
      double x = x((long) tick.at());
      rule(html, "grid", x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 5);
      label(html, x, HEIGHT - BOTTOM + 19, "middle", tick.text());
    }
    String span = Ticks.moment(from) + " to " + Ticks.moment(to) + " UTC";
    label(html, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, "middle", span);
  }

  private void band(Html html) {
    if (bands.stream().anyMatch(band -> Double.isNaN(band.upper() - band.lower()))) {
      return;
    }
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < bands.size(); i++) {
      point(points, i == 0 ? 'M' : 'L', bands.get(i).timeMillis(), bands.get(i).upper());
    }
    for (int i = bands.size() - 1; i >= 0; i--) {
      point(points, 'L', bands.get(i).timeMillis(), bands.get(i).lower());
    }
    html.raw("<path class=\"band\" d=\"" + points + "Z\"/>\n");
  }

  private void expected(Html html) {
    StringBuilder points = new StringBuilder();
    for (BandAt band : bands) {
      if (!Double.isNaN(band.expected())) {
        point(points, points.isEmpty() ? 'M' : 'L', band.timeMillis(), band.expected());
      }
    }
    html.raw("<path class=\"expected\" d=\"" + points + "\"/>\n");
  }

  /** One empty slot is bridged, for who is scraped every other slot; a longer gap is a gap. */
  private void level(Html html) {
    Trace trace = window.trace();
    StringBuilder points = new StringBuilder();
    int last = -10;
    for (int i = 0; i < trace.values().size(); i++) {
      double value = trace.values().get(i);
      if (!Double.isNaN(value)) {
        boolean begins = i - last > 2;
        long time = trace.firstMillis() + i * trace.stepMillis() + trace.stepMillis() / 2;
        point(points, begins ? 'M' : 'L', time, value);
        points.append(begins ? "h0" : ""); // a lone point is seen, too
        last = i;
      }
    }
    html.raw("<path class=\"level\" d=\"" + points + "\"/>\n");
  }

  private void key(Html html) {
    Unit unit = view.signal().unit();
    html.raw("<ul class=\"key\">");
    sample(html, "<path class=\"level\" d=\"M1 6H27\"/>", "measured");
    if (!Double.isNaN(view.judgement().upper())) {
      sample(
          html,
          "<path class=\"band\" d=\"M0 0H28V12H0Z\"/>",
          "the band as it is now, " + Words.band(view.judgement(), unit));
      sample(
          html,
          "<path class=\"expected\" d=\"M1 6H27\"/>",
          "normally " + Words.value(view.judgement().expected(), unit));
    }
    if (Double.isFinite(view.limit())) {
      sample(
          html,
          "<path class=\"limit\" d=\"M1 6H27\"/>",
          "limit " + Words.value(view.limit(), unit) + (isLimitDrawn ? "" : " (further away)"));
    }
    if (!starts.isEmpty()) {
      String started = "process started " + startsInWords();
      sample(html, "<path class=\"start\" d=\"M14 0V12\"/>", started);
    }
    html.raw("</ul>\n");
  }

  private static void sample(Html html, String mark, String text) {
    html.raw("<li><svg viewBox=\"0 0 28 12\" aria-hidden=\"true\">")
        .raw(mark)
        .raw("</svg>")
        .text(text)
        .raw("</li>");
  }

  private void point(StringBuilder points, char move, long millis, double value) {
    points.append(move).append(place(x(millis))).append(' ').append(place(y(value)));
  }

  private static void rule(Html html, String style, double x1, double y1, double x2, double y2) {
    html.raw("<path class=\"" + style + "\" d=\"M" + place(x1) + " " + place(y1))
        .raw("L" + place(x2) + " " + place(y2) + "\"/>\n");
  }

  private static void label(Html html, double x, double y, String anchor, String text) {
    html.raw("<text x=\"" + place(x) + "\" y=\"" + place(y) + "\" text-anchor=\"" + anchor + "\">")
        .text(text)
        .raw("</text>\n");
  }

  /** Bands begin before what is drawn where most of the window is empty. */
  private double x(long millis) {
    double share = Math.max(0, Math.min(1, (millis - from) / (double) (to - from)));
    return LEFT + share * (WIDTH - RIGHT - LEFT);
  }

  private double y(double value) {
    return TOP + (high - value) / (high - low) * (HEIGHT - BOTTOM - TOP);
  }

  private static String place(double at) {
    return String.format(Locale.ROOT, "%.1f", at).replace(".0", "");
  }
}
