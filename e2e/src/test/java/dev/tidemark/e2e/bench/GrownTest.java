package dev.tidemark.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.ExporterConfig;
import dev.tidemark.exporter.Fingerprint;
import dev.tidemark.exporter.checkpoint.Shelf;
import dev.tidemark.exporter.checkpoint.Storage;
import dev.tidemark.exporter.fleet.Fleet;
import dev.tidemark.exporter.fleet.FleetReader;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrownTest {
  private static final int TARGETS = 20;
  private static final int HOURS = 3;

  @TempDir private Path folder;

  @Test
  void a_grown_checkpoint_holds_every_target_once_with_all_that_was_learnt() throws Exception {
    Path file =
        Files.writeString(folder.resolve("exporter.yml"), "signals: {include: [goroutines]}\n");
    ExporterConfig config = StrictYaml.read(file, ExporterConfig.class);
    Fleet learnt = Deploys.fleet(TARGETS, HOURS);
    Instant now = Instant.ofEpochMilli(learnt.lastSlot());
    Shelf.Label label =
        new Shelf.Label(
            config.sources().get(0).name(),
            Fingerprint.of(config, Shard.WHOLE),
            config.history(),
            "test");
    try (Storage storage = Storage.open(folder.resolve("storage"), Grown.QUIET, () -> now)) {
      assertThat(storage.shelf(label).seal(learnt.lastSlot(), learnt.blocks())).isTrue();
    }
    Instant slot = Grown.grow(folder.resolve("storage"), config, TARGETS, 3, () -> now);
    assertThat(slot).isEqualTo(now);
    try (Storage storage = Storage.open(folder.resolve("storage"), Grown.QUIET, () -> now)) {
      Fleet grown =
          storage.shelf(label).open(new FleetReader(Deploys.shape(), Deploys.NOBODY)).orElseThrow();
      List<SeriesView> before = views(learnt, now);
      List<SeriesView> after = views(grown, now);
      TreeSet<String> pods = new TreeSet<>();
      after.forEach(view -> pods.add(view.labels().getOrDefault("pod", "")));
      assertThat(pods).hasSize(3 * TARGETS).contains(BenchFleet.pod(59)).hasSize(after.size());
      assertThat(after.stream().map(SeriesView::workload).distinct()).hasSize(6);
      assertThat(after.stream().map(view -> view.judgement().expected()).distinct().sorted())
          .containsExactlyElementsOf(
              before.stream().map(v -> v.judgement().expected()).distinct().sorted().toList());
      assertThat(grown.snapshot(now, SnapshotShape.NO_QUANTILES).workloads()).isEqualTo(6);
    }
  }

  private static List<SeriesView> views(Fleet fleet, Instant now) {
    Snapshot snapshot = fleet.snapshot(now, SnapshotShape.NO_QUANTILES);
    return snapshot.series();
  }
}
