package dev.tidemark.exporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SnapshotMergeTest implements FleetListener {
  private final List<Refusal> refusals = new ArrayList<>();
  private final SnapshotMerge merge = new SnapshotMerge(this);

  @Override
  public void seriesRefused(Refusal reason) {
    refusals.add(reason);
  }

  @Override
  public void sampleIgnored() {}

  /** A snapshot of targets that are told apart by their level. */
  private static Snapshot of(double level, String... instances) throws IOException {
    Recording recording = new Recording();
    Scene scene = new Scene(recording);
    for (String instance : instances) {
      scene.runs(Scene.target("api", instance), 0, 10, slot -> level);
    }
    try (FakePrometheus prometheus = new FakePrometheus(recording);
        Learned learned =
            new Learned(
                prometheus,
                Instant.ofEpochMilli(Scene.at(10)),
                Duration.ofMinutes(5),
                Learned.shape())) {
      return learned.catchUp().snapshot();
    }
  }

  private static List<String> shown(Snapshot snapshot) {
    return snapshot.series().stream()
        .map(v -> v.labels().get("instance") + "=" + (int) v.judgement().value())
        .toList();
  }

  @Test
  void one_source_is_shown_as_it_is() throws IOException {
    Snapshot only = of(1, "a", "b");
    assertThat(merge.of(List.of(only))).isSameAs(only);
    assertThat(merge.of(List.of(Snapshot.NONE, only))).isSameAs(only);
    assertThat(merge.of(List.of(Snapshot.NONE))).isSameAs(Snapshot.NONE);
    assertThat(merge.of(List.of())).isSameAs(Snapshot.NONE);
  }

  @Test
  void a_target_that_two_sources_have_is_shown_by_the_first_and_counted_once() throws IOException {
    Snapshot first = of(1, "b", "d");
    Snapshot second = of(2, "a", "b", "c");
    assertThat(shown(merge.of(List.of(first, second)))).containsExactly("a=2", "b=1", "c=2", "d=1");
    assertThat(shown(merge.of(List.of(second, first)))).containsExactly("a=2", "b=2", "c=2", "d=1");
    assertThat(refusals).containsExactly(Refusal.SAME_LABELS);
  }

  @Test
  void merges_any_snapshots_in_order_without_duplicates() throws IOException {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<Snapshot> parts = new ArrayList<>();
      TreeMap<String, Integer> wanted = new TreeMap<>();
      for (int part = 0; part < 1 + random.nextInt(4); part++) {
        List<String> instances =
            random.ints(random.nextInt(6), 0, 9).distinct().mapToObj(i -> "i" + i).toList();
        parts.add(of(part + 1, instances.toArray(String[]::new)));
        for (String instance : instances) {
          wanted.putIfAbsent(instance, part + 1);
        }
      }
      List<String> expected =
          wanted.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
      Snapshot merged = merge.of(parts);
      assertThat(shown(merged)).as("seed %d", seed).isEqualTo(expected);
      assertThat(merged.series())
          .as("seed %d", seed)
          .isSortedAccordingTo(Comparator.comparing(SeriesView::target));
    }
  }

  @Test
  void quantiles_of_another_shape_are_not_shown_under_wrong_names() throws IOException {
    Snapshot plain = of(1, "a");
    SnapshotShape other = new SnapshotShape(List.of(Duration.ofHours(1)), List.of(0.5), List.of(0));
    SeriesView view = plain.series().get(0);
    SeriesView learned =
        new SeriesView(
            "z",
            view.signal(),
            Map.of("instance", "z"),
            "w",
            view.judgement(),
            view.limit(),
            0,
            view.withdrawnAt(),
            List.of(List.of(7.0)));
    Snapshot shaped = new Snapshot(plain.slot(), plain.madeAt(), other, List.of(learned), 1);
    assertThat(merge.of(List.of(plain, shaped)).series())
        .extracting(SeriesView::quantiles)
        .containsExactly(List.of(), List.of());
    assertThat(merge.of(List.of(shaped, plain)).series())
        .extracting(SeriesView::quantiles)
        .containsExactly(List.of(), List.of(List.of(7.0)));
  }
}
