package dev.tidemark.e2e.real;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.exporter.fleet.Fleet;
import dev.tidemark.exporter.fleet.FleetListener;
import dev.tidemark.exporter.fleet.FleetShape;
import dev.tidemark.exporter.fleet.Refusal;
import dev.tidemark.exporter.source.Answers;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.ChunkReader;
import dev.tidemark.exporter.source.Column;
import dev.tidemark.exporter.source.Feed;
import dev.tidemark.exporter.source.FeedListener;
import dev.tidemark.exporter.source.Grid;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The exporter's feed and fleet on a real server, with a clock that is moved by hand. */
final class LearnedFromServer implements FeedListener, FleetListener {
  static final List<Signal> SIGNALS =
      Catalogue.load().signals().stream()
          .filter(s -> Set.of("goroutines", "heap_live", "working_set").contains(s.id()))
          .toList();

  private final Fleet fleet;
  private final Feed feed;
  private final int[] samples = new int[SIGNALS.size()];
  private Instant now;

  LearnedFromServer(PrometheusClient client, Instant now, Duration interval, Duration history) {
    Grid grid = new Grid(interval, Duration.ZERO, history);
    this.now = now;
    ChunkReader reader = new ChunkReader(new Answers(client), grid, List.of(), List.of(), SIGNALS);
    this.feed = new Feed("real", grid, reader, this, () -> this.now);
    this.fleet =
        new Fleet(
            new FleetShape(
                SIGNALS,
                JudgeConfig.defaults(interval),
                Duration.ofMinutes(5),
                new FleetShape.Bounds(1000, 1000),
                List.of(),
                List.of(),
                Set.of(),
                Map.of("goroutines", 10_000.0)),
            this);
  }

  void move(Duration by) {
    now = now.plus(by);
  }

  /** Takes in all that is due. */
  void catchUp() {
    for (long before = -1; feed.status().slot() != before; ) {
      before = feed.status().slot();
      Duration unused =
          feed.runDue(
              chunk -> {
                for (int i = 0; i < samples.length; i++) {
                  samples[i] += filled(chunk, SIGNALS.get(i));
                }
                fleet.apply(chunk);
              });
    }
  }

  private static int filled(Chunk chunk, Signal signal) {
    return chunk.samples().getOrDefault(signal, Map.of()).values().stream()
        .mapToInt(Column::filled)
        .sum();
  }

  /** How many came of each signal. */
  int[] samples() {
    return samples.clone();
  }

  byte[] state() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fleet.encode(bytes);
    return bytes.toByteArray();
  }

  @Override
  public void answered(String source, Instant at, long slot, long samples) {}

  @Override
  public void failed(String source, String reason) {
    throw new AssertionError("the server's answer was not used: " + reason);
  }

  @Override
  public void rejected(String reason, long count) {}

  @Override
  public void missed(long slots) {}

  @Override
  public void progress(String source, double ratio) {}

  @Override
  public void seriesRefused(Refusal reason) {}

  @Override
  public void sampleIgnored() {}
}
