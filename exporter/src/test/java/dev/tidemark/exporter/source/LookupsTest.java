package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.signals.fact.Fact;
import dev.tidemark.signals.target.TargetKey;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often is asked what is not judged: it must cost little beside the samples. */
@Timeout(60)
class LookupsTest {
  private static final Lookup TOLD = lookup("told", "go_told", false);
  private static final Lookup SILENT = lookup("silent", "go_silent", false);
  private static final Lookup RESTARTS = lookup("restarts", "go_restarts", true);

  private final Recording recording = new Recording();

  private static Lookup lookup(String id, String metric, boolean whole) {
    return new Lookup(
        id, "max by (%s) (%s)".formatted(TargetKey.GROUPING, metric), Fact.Merge.MAX, whole);
  }

  /** The slots at which each was asked, one chunk a slot. */
  private List<Integer> asked(Lookup lookup, int slots) throws Exception {
    return asked(lookup, slots, prometheus -> {});
  }

  private List<Integer> asked(Lookup lookup, int slots, Consumer<FakePrometheus> made)
      throws Exception {
    return asked(lookup, slots, List.of(TOLD, SILENT, RESTARTS), made);
  }

  private List<Integer> asked(
      Lookup lookup, int slots, List<Lookup> all, Consumer<FakePrometheus> made) throws Exception {
    return asked(lookup, 0, slots, all, made);
  }

  /** After a history that is read at once, should there be any. */
  private List<Integer> asked(
      Lookup lookup, int history, int slots, List<Lookup> all, Consumer<FakePrometheus> made)
      throws Exception {
    List<Integer> asked = new ArrayList<>();
    try (FakePrometheus prometheus = new FakePrometheus(recording);
        PrometheusClient client =
            new PrometheusClient(
                prometheus.url(),
                HttpConfig.NONE,
                new ClientLimits(Duration.ofSeconds(30), 64L << 20, 1, 1))) {
      made.accept(prometheus);
      ChunkReader reader =
          new ChunkReader(
              new Answers(client),
              new Grid(Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1)),
              List.of(),
              List.of(),
              List.of(Learned.goroutines()),
              all);
      if (history > 0) {
        Chunk unused = reader.read(Scene.at(0), history);
      }
      for (int slot = history; slot < slots; slot++) {
        int before = prometheus.queries().size();
        Chunk unused = reader.read(Scene.at(slot), 1);
        if (prometheus.queries().stream().skip(before).anyMatch(lookup.expr()::equals)) {
          asked.add(slot);
        }
      }
    }
    return asked;
  }

  @Test
  void facts_are_asked_every_fortieth_slot_and_restarts_with_the_limits() throws Exception {
    for (int slot = 0; slot < 100; slot++) {
      recording.add("go_told", Scene.target("api", "a:1"), Scene.at(slot), 1);
    }
    assertThat(asked(TOLD, 100)).containsExactly(0, 40, 80);
    assertThat(asked(RESTARTS, 35)).containsExactly(0, 10, 20, 30);
  }

  @Test
  void the_first_slot_of_the_present_is_looked_at_whatever_the_history_left_open()
      throws Exception {
    for (int slot = 201; slot < 300; slot++) {
      recording.add("go_told", Scene.target("api", "a:1"), Scene.at(slot), 1);
    }
    List<Lookup> all = List.of(TOLD, SILENT, RESTARTS);
    assertThat(asked(TOLD, 203, 300, all, p -> {})).containsExactly(203, 240, 280);
    assertThat(asked(SILENT, 203, 500, all, p -> {})).containsExactly(203, 440);
  }

  @Test
  void what_no_target_tells_is_asked_again_after_six_looks() throws Exception {
    assertThat(asked(SILENT, 300)).containsExactly(0, 240);
  }

  @Test
  void what_no_series_is_there_for_is_not_asked_of_a_source_that_lists_its_metrics()
      throws Exception {
    recording.add("go_told", Scene.target("api", "a:1"), Scene.at(0), 1);
    recording.add("go_silent", Scene.target("api", "a:1"), Scene.at(230), 1);
    assertThat(asked(SILENT, 230, p -> p.listsNames(""))).isEmpty();
    assertThat(asked(SILENT, 300, p -> p.listsNames(""))).containsExactly(240, 280);
    assertThat(asked(TOLD, 41, p -> p.listsNames(""))).containsExactly(0, 40);
  }

  @Test
  void a_list_of_metrics_that_may_lack_some_spares_nothing() throws Exception {
    assertThat(asked(SILENT, 100, p -> p.listsNames("store 10.0.0.7 did not answer")))
        .containsExactly(0);
  }

  @Test
  void a_list_of_metrics_that_never_comes_stops_nothing_and_is_seldom_waited_for()
      throws Exception {
    AtomicInteger lists = new AtomicInteger();
    assertThat(asked(SILENT, 100, p -> p.listsNamesTooLate(lists))).containsExactly(0);
    assertThat(lists).hasValue(5);
  }

  @Test
  void an_empty_list_of_metrics_is_not_believed() throws Exception {
    assertThat(asked(SILENT, 100, p -> p.listsNames(""))).containsExactly(0);
  }

  @Test
  void what_looks_back_further_than_the_list_is_asked() throws Exception {
    for (String far :
        List.of(
            "go_silent offset 1w",
            "max_over_time(go_silent[2d])",
            "max_over_time(max_over_time(go_silent[20h])[20h:5m])")) {
      Lookup lookup = lookup("far", far, true);
      assertThat(asked(lookup, 1, List.of(lookup), p -> p.listsNames(""))).containsExactly(0);
    }
  }

  @Test
  void one_silence_of_what_was_told_before_is_a_gap_and_asked_again_at_the_next_look()
      throws Exception {
    for (int slot = 0; slot < 520; slot++) {
      if (slot < 60 || (slot > 85 && slot < 200)) {
        recording.add("go_told", Scene.target("api", "a:1"), Scene.at(slot), 1);
      }
    }
    assertThat(asked(TOLD, 520)).containsExactly(0, 40, 80, 120, 160, 200, 240, 280);
  }
}
