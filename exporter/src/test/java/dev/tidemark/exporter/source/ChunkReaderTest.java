package dev.tidemark.exporter.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.exporter.fake.FakePrometheus;
import dev.tidemark.exporter.fake.Learned;
import dev.tidemark.exporter.fake.Recording;
import dev.tidemark.exporter.fake.Scene;
import dev.tidemark.signals.fact.Fact;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a chunk tells once is told again where the chunk was not used. */
class ChunkReaderTest {
  private static final String POD = "api-7d9f8c6b5-bx2kl";
  private static final Lookup FACT =
      new Lookup("limit", "max by ($target) (go_gc_gomemlimit_bytes)", Fact.Merge.MAX, true);

  private FakePrometheus prometheus;
  private PrometheusClient client;
  private ChunkReader reader;

  @BeforeEach
  void start() throws IOException {
    Recording recording = new Recording();
    new Scene(recording).runs(Scene.pod(POD), 0, 300, slot -> 50);
    recording.add(
        "kube_pod_owner",
        Map.of("namespace", "pay", "pod", POD, "owner_kind", "Job", "owner_name", "ledger"),
        Scene.at(100),
        1);
    prometheus = new FakePrometheus(recording);
    ClientLimits limits = new ClientLimits(Duration.ofSeconds(10), 64L << 20, 1, 1);
    client = new PrometheusClient(prometheus.url(), HttpConfig.NONE, limits);
    reader =
        new ChunkReader(
            new Answers(client),
            new Grid(Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(3)),
            List.of(),
            List.of(),
            List.of(Learned.goroutines()),
            List.of(FACT));
  }

  @AfterEach
  void stop() {
    client.close();
    prometheus.close();
  }

  private record Read(List<Long> facts, boolean owners) {}

  private Read read(long from, int slots) throws Exception {
    Chunk chunk = reader.read(Scene.at(from), slots);
    return new Read(
        chunk.limits().stream().map(table -> (table.slot() - Scene.at(0)) / Scene.STEP).toList(),
        !chunk.owners().isEmpty());
  }

  @Test
  void a_chunk_that_goes_on_is_told_only_what_is_new() throws Exception {
    assertThat(read(90, 20)).isEqualTo(new Read(List.of(90L, 100L), true));
    assertThat(read(110, 20)).isEqualTo(new Read(List.of(110L, 120L), false));
  }

  @Test
  void what_was_thrown_away_is_told_again() throws Exception {
    Read first = read(90, 20);
    assertThat(read(90, 20)).isEqualTo(first);
    Read second = read(110, 20);
    assertThat(read(110, 20)).isEqualTo(second);
    assertThat(read(110, 10)).as("cut").isEqualTo(new Read(List.of(110L), false));
    assertThat(read(120, 10)).isEqualTo(new Read(List.of(120L), false));
  }
}
