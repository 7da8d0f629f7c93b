package dev.tidemark.rules.test;

import dev.tidemark.promql.print.PromQl;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.Story;
import dev.tidemark.rules.rule.Story.Look;
import dev.tidemark.rules.rule.Story.Seen;
import dev.tidemark.toolkit.config.PromDuration;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what a story feeds and looks for as promtool reads it. */
final class StoryTests {
  private StoryTests() {}

  static Map<String, Object> input(Story.Track track, int held) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("series", track.series());
    input.put(
        "values",
        Samples.of(
            track.values().stream().flatMap(v -> Collections.nCopies(held, v).stream()).toList()));
    return input;
  }

  /**
   * @param firing by which the alert is found
   */
  static Map<String, Object> look(
      Rule rule, Story story, Look look, Map<String, String> firing, Duration later) {
    String selector = PromQl.selector("ALERTS", firing);
    if (look.seen() == Seen.NEVER) {
      return never(selector, look.at(), later);
    }
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("expr", PromtoolTests.written(selector, later));
    test.put("eval_time", PromDuration.format(look.at().plus(later)));
    Map<String, String> labels = new TreeMap<>(story.labels());
    labels.putAll(rule.labels());
    labels.putAll(firing);
    labels.values().removeIf(String::isEmpty);
    Map<String, Object> sample = new LinkedHashMap<>();
    sample.put("labels", PromQl.selector("ALERTS", labels));
    sample.put("value", 1L);
    test.put("exp_samples", look.seen() == Seen.FIRES ? List.of(sample) : List.of());
    return test;
  }

  /** No series that the selector finds has been there until then. */
  static Map<String, Object> never(String selector, Duration until, Duration later) {
    String at = PromDuration.format(until.plus(later));
    Map<String, Object> test = new LinkedHashMap<>();
    test.put(
        "expr", "count_over_time(" + PromtoolTests.written(selector + "[" + at + "]", later) + ")");
    test.put("eval_time", at);
    test.put("exp_samples", List.of());
    return test;
  }
}
