package dev.tidemark.exporter.page;

import dev.tidemark.exporter.fleet.SeriesView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which series to show, and in which order.
 *
 * @param limit at most so many
 * @param after where to go on
 */
record SeriesQuery(SeriesFilter filter, SeriesOrder order, int limit, Optional<Cursor> after) {
  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1000;

  /** The parameters, in the order in which they are told. */
  static final List<String> NAMES =
      Stream.concat(SeriesFilter.NAMES.stream(), Stream.of("sort", "limit", "after")).toList();

  /**
   * Behind which series to go on. What moved in the order between two pages is told twice or not at
   * all; the rest once, whatever came or went.
   *
   * @param key of the series in the order, when it was shown
   */
  record Cursor(double key, SeriesId id) {
    /** Only an id where the order is that of ids. */
    static Cursor parse(String text, SeriesOrder order) {
      if (order == SeriesOrder.ID) {
        return new Cursor(0, SeriesId.parse(text));
      }
      int bar = text.indexOf('|');
      try {
        double key = Double.parseDouble(text.substring(0, Math.max(bar, 0)));
        if (!Double.isNaN(key)) {
          return new Cursor(key, SeriesId.parse(text.substring(bar + 1)));
        }
      } catch (NumberFormatException e) {
        throw wrong(text, order);
      }
      throw wrong(text, order);
    }

    private static IllegalArgumentException wrong(String text, SeriesOrder order) {
      return Parameters.wrong(
          "after", "as \"next\" of the page before told it, for sort=" + order.word(), text);
    }

    String text(SeriesOrder order) {
      return order == SeriesOrder.ID ? id.toString() : key + "|" + id;
    }

    boolean isBefore(Ranked other) {
      int byKey = Double.compare(key, other.key);
      return byKey != 0 ? byKey < 0 : id.compareTo(SeriesId.of(other.view)) < 0;
    }
  }

  private record Ranked(SeriesView view, double key) {}

  /**
   * One page of the series.
   *
   * @param next where the next page begins; empty at the end
   */
  record Selection(List<SeriesView> series, Optional<Cursor> next) {}

  /** From the beginning, by id. */
  static SeriesQuery first(SeriesFilter filter, int limit) {
    return new SeriesQuery(filter, SeriesOrder.ID, limit, Optional.empty());
  }

  /**
   * @param sent each at most once
   * @throws IllegalArgumentException with what would be right
   */
  static SeriesQuery parse(Map<String, List<String>> sent) {
    Parameters parameters = new Parameters(sent, NAMES);
    SeriesOrder order = SeriesOrder.of(parameters.oneOf("sort", SeriesOrder.words()));
    String after = parameters.text("after");
    return new SeriesQuery(
        SeriesFilter.parse(parameters),
        order,
        parameters.number("limit", DEFAULT_LIMIT, MAX_LIMIT),
        after.isEmpty() ? Optional.empty() : Optional.of(Cursor.parse(after, order)));
  }

  Selection from(List<SeriesView> series, Instant now) {
    List<Ranked> found =
        series.stream()
            .filter(view -> filter.accepts(view, now))
            .map(view -> new Ranked(view, order.key(view, now)))
            .filter(ranked -> after.map(cursor -> cursor.isBefore(ranked)).orElse(true))
            .sorted(
                Comparator.comparingDouble(Ranked::key)
                    .thenComparing(ranked -> SeriesId.of(ranked.view)))
            .limit(limit + 1L)
            .toList();
    boolean more = found.size() > limit;
    List<SeriesView> shown = new ArrayList<>();
    found.subList(0, more ? limit : found.size()).forEach(ranked -> shown.add(ranked.view));
    Ranked last = more ? found.get(limit - 1) : null;
    return new Selection(
        shown,
        last == null
            ? Optional.empty()
            : Optional.of(new Cursor(last.key, SeriesId.of(last.view))));
  }
}
