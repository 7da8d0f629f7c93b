package dev.tidemark.exporter.fake;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.exporter.checkpoint.Block;
import dev.tidemark.exporter.checkpoint.BlockInput;
import dev.tidemark.exporter.checkpoint.BlockOutput;
import dev.tidemark.exporter.fleet.Fleet;
import dev.tidemark.exporter.fleet.FleetListener;
import dev.tidemark.exporter.fleet.FleetReader;
import dev.tidemark.exporter.fleet.FleetShape;
import dev.tidemark.exporter.fleet.Refusal;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.exporter.source.Answers;
import dev.tidemark.exporter.source.ChunkReader;
import dev.tidemark.exporter.source.Feed;
import dev.tidemark.exporter.source.FeedListener;
import dev.tidemark.exporter.source.Grid;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A feed and a fleet over a fake Prometheus, with a clock that is moved by hand. */
public final class Learned implements AutoCloseable, FeedListener, FleetListener {
  public final MovedClock clock;
  public final Fleet fleet;
  public final Feed feed;
  public final List<String> events = new ArrayList<>();
  public final List<Refusal> refusals = new ArrayList<>();
  private final PrometheusClient client;

  /**
   * @param history how far back from {@code now} it learns
   */
  public Learned(FakePrometheus prometheus, Instant now, Duration history, FleetShape shape) {
    this(prometheus, now, history, shape, Optional.empty());
  }

  /**
   * @param state to go on from, as it was read
   */
  public Learned(
      FakePrometheus prometheus,
      Instant now,
      Duration history,
      FleetShape shape,
      Optional<Fleet> state) {
    Grid grid = new Grid(Duration.ofSeconds(30), Duration.ZERO, history);
    this.clock = new MovedClock(now);
    this.client =
        new PrometheusClient(
            prometheus.url(),
            HttpConfig.NONE,
            new ClientLimits(Duration.ofSeconds(10), 64L << 20, 1, 1));
    List<String> kept = new ArrayList<>(shape.addLabels());
    kept.addAll(shape.workloadBy());
    this.feed =
        new Feed(
            "fake",
            grid,
            new ChunkReader(new Answers(client), grid, List.of(), kept, shape.signals()),
            this,
            clock);
    this.fleet = state.orElseGet(() -> new Fleet(shape, this));
    state.ifPresent(read -> feed.goOnAfter(read.lastSlot()));
  }

  /** The fleet as it comes back from its blocks. */
  public Fleet reread(FleetShape shape) throws IOException {
    FleetReader reader = new FleetReader(shape, this);
    List<FleetReader.Part> parts = new ArrayList<>();
    for (Block block : fleet.blocks()) {
      BlockOutput out = new BlockOutput();
      block.write(out);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      out.writeTo(bytes);
      reader.block(block.kind(), new BlockInput(bytes.toByteArray())).ifPresent(parts::add);
    }
    return reader.state(fleet.lastSlot(), parts);
  }

  public static Signal goroutines() {
    return Catalogue.load().find("goroutines").orElseThrow();
  }

  /** These signals, with small bounds. */
  public static FleetShape shape(List<Signal> signals) {
    FleetShape plain = shape();
    return new FleetShape(
        signals,
        plain.judge(),
        plain.withdrawAfter(),
        plain.bounds(),
        plain.workloadBy(),
        plain.addLabels(),
        plain.dropLabels(),
        plain.fixedLimits());
  }

  /** Goroutines only, with small bounds. */
  public static FleetShape shape() {
    return shape(new FleetShape.Bounds(100, 50), List.of(), Set.of());
  }

  public static FleetShape shape(
      FleetShape.Bounds bounds, List<String> addLabels, Set<String> dropLabels) {
    return new FleetShape(
        List.of(goroutines()),
        JudgeConfig.defaults(Duration.ofSeconds(30)),
        Duration.ofMinutes(5),
        bounds,
        List.of(),
        addLabels,
        dropLabels,
        Map.of("goroutines", 10_000.0));
  }

  /** Takes in all that is due at the present of the clock. */
  public Learned catchUp() {
    for (int i = 0; i < 10_000; i++) {
      long before = feed.status().slot();
      Duration unused = feed.runDue(fleet::apply);
      if (feed.status().slot() == before) {
        return this;
      }
    }
    throw new IllegalStateException("no end in sight");
  }

  public Snapshot snapshot() {
    return fleet.snapshot(clock.instant(), SnapshotShape.NO_QUANTILES);
  }

  public byte[] state() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    fleet.encode(bytes);
    return bytes.toByteArray();
  }

  @Override
  public void answered(String source, Instant at, long slot, long samples) {}

  @Override
  public void failed(String source, String reason) {
    events.add("failed " + reason);
  }

  @Override
  public void rejected(String reason, long count) {
    if (count > 0) {
      events.add("rejected " + reason + " " + count);
    }
  }

  @Override
  public void missed(long slots) {
    events.add("missed " + slots);
  }

  @Override
  public void progress(String source, double ratio) {}

  @Override
  public void seriesRefused(Refusal reason) {
    refusals.add(reason);
  }

  @Override
  public void sampleIgnored() {
    events.add("ignored");
  }

  @Override
  public void close() {
    feed.close();
    client.close();
  }
}
