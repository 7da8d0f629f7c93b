package dev.tidemark.exporter.page;

import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.fleet.SeriesView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which series are meant; all that is asked must hold.
 *
 * @param asked by the name of the parameter, each valid and not empty
 */
record SeriesFilter(Map<String, String> asked) {
  static final SeriesFilter ALL = new SeriesFilter(Map.of());

  /** The parameters, in the order in which they are told. */
  static final List<String> NAMES =
      List.of(
          "signal", "workload", "namespace", "pod", "leak_state", "score_above", "stale", "match");

  SeriesFilter {
    asked = Map.copyOf(asked);
  }

  /**
   * @throws IllegalArgumentException with what would be right
   */
  static SeriesFilter parse(Parameters parameters) {
    String state = parameters.text("leak_state");
    if (!state.isEmpty()) {
      LeakState unused = stateOf(state);
    }
    String above = parameters.text("score_above");
    if (!above.isEmpty()) {
      double unused = number(above);
    }
    String unused = parameters.oneOf("stale", List.of("true", "false"));
    Map<String, String> asked = new TreeMap<>();
    for (String name : NAMES) {
      if (!parameters.text(name).isEmpty()) {
        asked.put(name, parameters.text(name));
      }
    }
    return new SeriesFilter(asked);
  }

  /** What the target, its workload or the signal must contain, as it is written. */
  static SeriesFilter containing(String text) {
    return text.isEmpty() ? ALL : new SeriesFilter(Map.of("match", text));
  }

  boolean accepts(SeriesView view, Instant now) {
    return asked.entrySet().stream()
        .allMatch(entry -> accepts(entry.getKey(), entry.getValue(), view, now));
  }

  private static boolean accepts(String name, String value, SeriesView view, Instant now) {
    boolean holds = view.isTrueAt(now);
    return switch (name) {
      case "signal" -> view.signal().id().equals(value);
      case "workload" -> view.workload().equals(value);
      case "leak_state" -> holds && view.judgement().leakState() == stateOf(value);
      case "score_above" -> holds && view.judgement().score() > number(value);
      case "stale" -> holds != Boolean.parseBoolean(value);
      case "match" -> text(view).contains(value.toLowerCase(Locale.ROOT));
      default -> value.equals(view.labels().get(name));
    };
  }

  private static double number(String text) {
    if (text.matches("[+-]?[0-9]{1,15}([.][0-9]{1,15})?([eE][+-]?[0-9]{1,2})?")) {
      return Double.parseDouble(text);
    }
    throw Parameters.wrong("score_above", "a number", text);
  }

  private static LeakState stateOf(String text) {
    for (LeakState state : LeakState.values()) {
      if (text.equals(Integer.toString(state.code())) || text.equals(Words.name(state))) {
        return state;
      }
    }
    throw Parameters.wrong("leak_state", "0, 1, 2, none, suspected or confirmed", text);
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
}
