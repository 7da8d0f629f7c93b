package dev.tidemark.exporter.page;

import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.fleet.SeriesView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which series to show.
 *
 * @param signal an id; empty for all
 * @param leakState {@code 0}, {@code 1}, {@code 2} or a name; empty for all
 * @param match what the target's labels must contain, as they are written: {@code namespace="pay"}
 * @param limit at most so many
 * @param after the id of the series after which to go on; empty for the beginning
 */
record SeriesQuery(String signal, String leakState, String match, int limit, String after) {
  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1000;
  private static final Set<String> KNOWN =
      Set.of("signal", "leak_state", "match", "limit", "after");

  /**
   * @param parameters as sent; each at most once
   * @throws IllegalArgumentException with what would be right
   */
  static SeriesQuery parse(Map<String, List<String>> parameters) {
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      if (!KNOWN.contains(parameter.getKey())) {
        throw new IllegalArgumentException(
            "unknown parameter \""
                + parameter.getKey()
                + "\", known are signal, leak_state, match, limit, after");
      }
      if (parameter.getValue().size() != 1) {
        throw new IllegalArgumentException(parameter.getKey() + " must stand once");
      }
    }
    String leakState = one(parameters, "leak_state");
    if (!leakState.isEmpty()) {
      stateOf(leakState);
    }
    return new SeriesQuery(
        one(parameters, "signal"),
        leakState,
        one(parameters, "match").toLowerCase(Locale.ROOT),
        limit(one(parameters, "limit")),
        one(parameters, "after"));
  }

  private static String one(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(0);
  }

  private static int limit(String text) {
    if (text.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit must be 1 to " + MAX_LIMIT + ", found \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  private static LeakState stateOf(String text) {
    for (LeakState state : LeakState.values()) {
      if (text.equals(Integer.toString(state.code())) || text.equals(name(state))) {
        return state;
      }
    }
    throw new IllegalArgumentException(
        "leak_state must be 0, 1, 2, none, suspected or confirmed, found \"" + text + "\"");
  }

  static String name(LeakState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** One page of the series. */
  record Selection(List<SeriesView> series, boolean more) {}

  /** By target, then by signal; so what follows a series is known when that series is gone. */
  Selection from(List<SeriesView> series, Instant now) {
    List<SeriesView> found =
        series.stream()
            .filter(view -> after.isEmpty() || isAfter(view))
            .filter(view -> accepts(view, now))
            .sorted(Comparator.comparing(SeriesView::target).thenComparing(v -> v.signal().id()))
            .limit(limit + 1L)
            .toList();
    boolean more = found.size() > limit;
    return new Selection(more ? found.subList(0, limit) : found, more);
  }

  private boolean isAfter(SeriesView view) {
    int byTarget = view.target().compareTo(targetOf(after));
    return byTarget > 0 || (byTarget == 0 && view.signal().id().compareTo(signalOf(after)) > 0);
  }

  private boolean accepts(SeriesView view, Instant now) {
    if (!signal.isEmpty() && !signal.equals(view.signal().id())) {
      return false;
    }
    if (!leakState.isEmpty()
        && !(view.isTrueAt(now) && view.judgement().leakState() == stateOf(leakState))) {
      return false;
    }
    return match.isEmpty() || text(view).contains(match);
  }

  private static String text(SeriesView view) {
    return (view.target()
            + ",workload=\""
            + view.workload()
            + "\",signal=\""
            + view.signal().id()
            + '"')
        .toLowerCase(Locale.ROOT);
  }

  /** Names a series: the signal, then the target. */
  static String id(SeriesView view) {
    return view.signal().id() + '{' + view.target() + '}';
  }

  private static String signalOf(String id) {
    int brace = id.indexOf('{');
    return brace < 0 ? "" : id.substring(0, brace);
  }

  private static String targetOf(String id) {
    int brace = id.indexOf('{');
    return brace < 0 || !id.endsWith("}") ? id : id.substring(brace + 1, id.length() - 1);
  }
}
