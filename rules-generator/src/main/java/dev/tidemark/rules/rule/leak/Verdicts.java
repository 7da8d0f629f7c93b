package dev.tidemark.rules.rule.leak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the exporter's engine said of some courses of goroutines, minute by minute. It stands in a
 * file that a test makes with the engine itself, for judging two days takes longer than all rules
 * of a service.
 */
final class Verdicts {
  /** Stands for a minute of which nothing is said. */
  static final double NOTHING = -1;

  private static final Map<String, List<Double>> ALL = read();

  private Verdicts() {}

  /**
   * The leak states of a course, one a minute.
   *
   * @throws IllegalArgumentException where there is no such course
   */
  static List<Double> of(String course) {
    List<Double> states = ALL.get(course);
    if (states == null) {
      throw new IllegalArgumentException("no course " + course);
    }
    return states;
  }

  private static Map<String, List<Double>> read() {
    Map<String, List<Double>> all = new TreeMap<>();
    try (InputStream in = Verdicts.class.getResourceAsStream("verdicts.txt")) {
      if (in == null) {
        throw new IllegalStateException("verdicts.txt is missing beside " + Verdicts.class);
      }
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                int colon = line.indexOf(": ");
                all.put(line.substring(0, colon), states(line.substring(colon + 2)));
              });
    } catch (IOException e) {
      throw new UncheckedIOException("verdicts.txt cannot be read", e);
    }
    return all;
  }

  private static List<Double> states(String runs) {
    List<Double> states = new ArrayList<>();
    for (String run : List.of(runs.split(" ", -1))) {
      int times = run.indexOf('x');
      String state = run.substring(0, times);
      double value = state.equals("_") ? NOTHING : Double.parseDouble(state);
      states.addAll(Collections.nCopies(Integer.parseInt(run.substring(times + 1)), value));
    }
    return List.copyOf(states);
  }
}
