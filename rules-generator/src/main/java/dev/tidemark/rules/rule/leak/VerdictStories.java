package dev.tidemark.rules.rule.leak;

import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.Fixture;
import dev.tidemark.rules.rule.Story;
import dev.tidemark.rules.rule.Story.Look;
import dev.tidemark.rules.rule.Story.Seen;
import dev.tidemark.rules.rule.Story.Track;
import dev.tidemark.rules.rule.Targets;
import dev.tidemark.signals.metric.MetricNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a leak alert on the exporter's verdicts is tested with: the verdicts of the engine itself on
 * a leak that ends with a restart, and on one whose scrapes fail for a while.
 *
 * @param waits the alert's {@code for}
 * @param keeps its {@code keep_firing_for}
 * @param learnt the value of the history's series; 0: none is read
 */
record VerdictStories(
    Service service, String signal, Duration waits, Duration keeps, double learnt) {
  private static final int CONFIRMED = 2;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Minutes before the first verdict that counts, and slack around what is looked for. */
  private static final int LEAD = 30;

  private static final int SLACK = 3;

  /** Longer waits are other tests' business. */
  private static final Duration LONGEST = Duration.ofHours(6);

  List<Supplier<Story>> all() {
    if (waits.plus(keeps).compareTo(LONGEST) > 0) {
      return List.of();
    }
    return List.of(
        () ->
            story("what the engine says of a leak fires, and ends with a restart", "leak-restart"),
        () -> story("what the engine says of a leak with a gap fires", "leak-gap"));
  }

  private Story story(String name, String course) {
    List<Double> said = Verdicts.of(course);
    int first = said.indexOf((double) CONFIRMED);
    int last = said.lastIndexOf((double) CONFIRMED);
    int ends = last + minutes(keeps.plus(service.selection().remembered())) + SLACK;
    boolean isOver = ends < said.size();
    int from = first - LEAD;
    List<Double> states = new ArrayList<>(said.subList(from, isOver ? ends + 1 : said.size()));
    states.replaceAll(state -> state == Verdicts.NOTHING ? Double.NaN : state);
    List<Look> looks = new ArrayList<>();
    looks.add(look(LEAD + minutes(waits) - 1, Seen.NEVER));
    looks.add(look(LEAD + minutes(waits) + SLACK, Seen.FIRES));
    looks.add(look(last - from, Seen.FIRES));
    if (isOver) {
      looks.add(look(ends - from, Seen.ENDED));
    }
    return new Story(name, MINUTE, tracks(states), labels(), looks);
  }

  private List<Track> tracks(List<Double> states) {
    Fixture fixture = new Fixture(service);
    List<Track> tracks = new ArrayList<>();
    tracks.add(new Track(fixture.exposed(MetricNames.LEAK_STATE, signal, "a"), states));
    if (learnt > 0) {
      tracks.add(steady(fixture.exposed(MetricNames.HISTORY, signal, "a"), learnt, states.size()));
    }
    fixture.membership().forEach(input -> tracks.add(steady(input.series(), 1, states.size())));
    return tracks;
  }

  private static Track steady(String series, double value, int minutes) {
    return new Track(series, Collections.nCopies(minutes, value));
  }

  private Map<String, String> labels() {
    return new TreeMap<>(
        new Fixture(service)
            .grouped(Targets.groupingWithWorkload(service.selection()), /* workload= */ true));
  }

  private static Look look(int minute, Seen seen) {
    return new Look(MINUTE.multipliedBy(minute), seen);
  }

  private static int minutes(Duration duration) {
    return (int) ((duration.toSeconds() + 59) / 60);
  }
}
