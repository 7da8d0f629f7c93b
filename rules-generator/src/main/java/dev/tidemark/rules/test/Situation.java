package dev.tidemark.rules.test;

import dev.tidemark.rules.rule.OwnTest;
import dev.tidemark.rules.rule.Scenario;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.rule.Story;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an alert can be tested in. */
public enum Situation {
  /** It fires. */
  FIRING,
  /** There are series, and it stays silent. */
  SILENT_BELOW,
  /** There is no series at all. */
  NO_DATA,
  /** The process starts again meanwhile. */
  RESTART,
  /** Samples are missing in between. */
  GAP,
  /** Somebody exposes the same twice. */
  DUPLICATES,
  /** What is joined is not there. */
  MISSING_JOIN;

  /** As people write it: {@code silent-below}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalArgumentException with what would be right
   */
  public static Situation parse(String word) {
    for (Situation situation : values()) {
      if (situation.word().equals(word)) {
        return situation;
      }
    }
    throw new IllegalArgumentException(
        "found "
            + word
            + ", needs some of "
            + String.join(", ", List.of(values()).stream().map(Situation::word).toList()));
  }

  /** All that a rule's tests show, whichever service they are written for. */
  public static Set<Situation> of(TestedRule tested) {
    Set<Situation> found = EnumSet.noneOf(Situation.class);
    tested.scenarios().forEach(scenario -> add(scenario, found));
    tested.stories().forEach(story -> add(story.get(), found));
    tested.ownTests().forEach(test -> add(test, found));
    return found;
  }

  private static void add(Scenario scenario, Set<Situation> found) {
    boolean fires = scenario.outcome() != Scenario.Outcome.STAYS_SILENT;
    add(scenario.name(), fires, scenario.inputs().isEmpty(), found);
  }

  private static void add(Story story, Set<Situation> found) {
    boolean fires = story.looks().stream().anyMatch(look -> look.seen() == Story.Seen.FIRES);
    add(story.name(), fires, story.tracks().isEmpty(), found);
    if (story.tracks().stream().anyMatch(track -> hasGap(track.values()))) {
      found.add(GAP);
    }
  }

  private static void add(OwnTest test, Set<Situation> found) {
    boolean fires = test.looks().stream().anyMatch(look -> !look.firing().isEmpty());
    add(test.name(), fires, test.inputs().isEmpty(), found);
    if (test.inputs().stream().anyMatch(input -> input.values().contains("_"))) {
      found.add(GAP);
    }
  }

  /** A test's name says what no series shows. */
  private static void add(String name, boolean fires, boolean empty, Set<Situation> found) {
    found.add(fires ? FIRING : empty ? NO_DATA : SILENT_BELOW);
    if (name.contains("restart")) {
      found.add(RESTART);
    }
    if (name.contains("gap")) {
      found.add(GAP);
    }
    if (name.contains("two kube-state-metrics") || name.contains("two exporters")) {
      found.add(DUPLICATES);
    }
    if (name.contains("without kube-state-metrics") || name.contains("without a limit")) {
      found.add(MISSING_JOIN);
    }
  }

  private static boolean hasGap(List<Double> values) {
    int first = 0;
    int last = values.size() - 1;
    while (first <= last && values.get(first).isNaN()) {
      first++;
    }
    while (last >= first && values.get(last).isNaN()) {
      last--;
    }
    return first <= last && values.subList(first, last + 1).stream().anyMatch(v -> v.isNaN());
  }
}
