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

/** Writes a story as promtool reads it; alerts are looked at through {@code ALERTS}. */
final class StoryTests {
  private StoryTests() {}

  static Map<String, Object> group(Rule rule, Story story, Duration later) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", rule.alert() + ": " + story.name());
    int held = PromtoolTests.finer(story.step(), Duration.ZERO, later);
    group.put("interval", PromDuration.format(story.step().dividedBy(held)));
    group.put("input_series", story.tracks().stream().map(track -> input(track, held)).toList());
    group.put(
        "promql_expr_test",
        story.looks().stream().map(look -> look(rule, story, look, later)).toList());
    return group;
  }

  private static Map<String, Object> input(Story.Track track, int held) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("series", track.series());
    input.put(
        "values",
        Samples.of(
            track.values().stream().flatMap(v -> Collections.nCopies(held, v).stream()).toList()));
    return input;
  }

  private static Map<String, Object> look(Rule rule, Story story, Look look, Duration later) {
    Map<String, String> alert = new TreeMap<>();
    alert.put("alertname", rule.alert());
    alert.put("alertstate", "firing");
    alert.put("severity", String.valueOf(rule.labels().get("severity")));
    String firing = PromQl.selector("ALERTS", alert);
    String at = PromDuration.format(look.at().plus(later));
    Map<String, Object> test = new LinkedHashMap<>();
    boolean never = look.seen() == Seen.NEVER;
    String looked = PromtoolTests.written(never ? firing + "[" + at + "]" : firing, later);
    test.put("expr", never ? "count_over_time(" + looked + ")" : looked);
    test.put("eval_time", at);
    Map<String, String> labels = new TreeMap<>(story.labels());
    labels.putAll(rule.labels());
    labels.putAll(alert);
    labels.values().removeIf(String::isEmpty);
    Map<String, Object> sample = new LinkedHashMap<>();
    sample.put("labels", PromQl.selector("ALERTS", labels));
    sample.put("value", 1L);
    test.put("exp_samples", look.seen() == Seen.FIRES ? List.of(sample) : List.of());
    return test;
  }
}
