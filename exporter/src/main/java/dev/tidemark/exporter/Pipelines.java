package dev.tidemark.exporter;

import dev.tidemark.exporter.exposition.SelfMetricsRegistry;
import dev.tidemark.exporter.fleet.SeriesHistory;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.exporter.fleet.Snapshot;
import dev.tidemark.exporter.fleet.SnapshotMerge;
import dev.tidemark.exporter.fleet.SnapshotShape;
import dev.tidemark.exporter.page.Histories.NotNow;
import dev.tidemark.exporter.source.SourceStatus;
import dev.tidemark.signals.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One pipeline a source, each with its own evaluation thread, and what they show merged in the
 * order of the configuration. {@link #replace} is for one thread at a time, the rest for any.
 */
final class Pipelines implements AutoCloseable {
  /** So many threads at most wait for a history; others are needed to answer scrapes. */
  private static final int MOST_LOOKING = 8;

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(3);

  private final Semaphore looking = new Semaphore(MOST_LOOKING);
  private final Function<ExporterConfig, Pipeline> maker;
  private final SelfMetricsRegistry self;
  private final SnapshotMerge merge;
  private List<Line> lines = List.of();
  private List<Signal> signals = List.of();
  private volatile Snapshot shown = Snapshot.NONE;

  /** A source's pipeline and what it showed last; that of its predecessor before it is live. */
  private final class Line {
    final ExporterConfig config;
    final Pipeline pipeline;
    final Evaluation evaluation;
    volatile Snapshot snapshot;

    Line(ExporterConfig config, Snapshot inherited) {
      this.config = config;
      this.pipeline = maker.apply(config);
      this.evaluation =
          new Evaluation(
              pipeline, made -> shows(this, made), () -> self.startedOver(config.source().name()));
      this.snapshot = inherited;
    }

    boolean has(SeriesView view) {
      return snapshot.find(view.target(), view.signal().id()).isPresent();
    }
  }

  /**
   * @param maker makes a pipeline that is not started; called before its predecessor is closed
   */
  Pipelines(Function<ExporterConfig, Pipeline> maker, SelfMetricsRegistry self) {
    this.maker = maker;
    this.self = self;
    this.merge = new SnapshotMerge(self);
  }

  /** What is known of all sources; a scrape reads this and nothing else. */
  Snapshot snapshot() {
    return shown;
  }

  /** In the order of the configuration. */
  synchronized List<SourceStatus> status() {
    return lines.stream().map(line -> line.pipeline.status()).toList();
  }

  /** The metrics of a target that judged signals need; empty where that is not known. */
  Optional<Set<String>> exposed(String target) {
    return lines().stream().flatMap(line -> line.pipeline.exposed(target).stream()).findFirst();
  }

  /**
   * What is remembered of a series, looked up between two passes of its source.
   *
   * @throws NotNow where that takes too long, too many ask, or it is still being learnt
   */
  SeriesHistory history(SeriesView view) throws NotNow {
    Line line =
        lines().stream()
            .filter(l -> l.has(view))
            .findFirst()
            .orElseThrow(() -> new NotNow("it is not judged any more"));
    String source = line.config.source().name();
    if (!looking.tryAcquire()) {
      throw new NotNow(MOST_LOOKING + " histories are being read already");
    }
    try {
      return line.evaluation
          .look(p -> p.history(view.target(), view.signal().id()), LONGEST_LOOK)
          .orElseThrow(
              () ->
                  new NotNow(
                      "the exporter was busy with source "
                          + source
                          + " for "
                          + LONGEST_LOOK.toSeconds()
                          + " s"))
          .orElseThrow(() -> new NotNow("source " + source + " is still learning it"));
    } finally {
      looking.release();
    }
  }

  /**
   * Runs these sources from now on. One that learns as before goes on with what it learnt. One that
   * learns otherwise shows what was judged in its place until it has reached the present itself.
   */
  void replace(ExporterConfig config) {
    List<Line> old = lines();
    List<ExporterConfig> all = config.bySource();
    List<Line> gone =
        old.stream().filter(l -> all.stream().noneMatch(c -> c.learnsAs(l.config))).toList();
    List<Line> next = new ArrayList<>();
    List<Line> made = new ArrayList<>();
    for (ExporterConfig wanted : all) {
      Line line =
          old.stream()
              .filter(l -> wanted.learnsAs(l.config))
              .findFirst()
              .orElseGet(() -> new Line(wanted, inherited(gone, wanted, old, next.size())));
      next.add(line);
      if (!old.contains(line)) {
        made.add(line);
      }
    }
    gone.forEach(line -> line.evaluation.stop());
    gone.forEach(line -> line.evaluation.close());
    SnapshotShape shape = config.snapshotShape();
    next.stream().filter(line -> !made.contains(line)).forEach(l -> l.evaluation.show(shape));
    Set<String> told =
        next.stream().flatMap(l -> l.config.source().told().stream()).collect(Collectors.toSet());
    gone.stream()
        .flatMap(line -> line.config.source().told().stream())
        .filter(name -> !told.contains(name))
        .forEach(self::forget);
    run(next, config.judged());
    made.forEach(line -> line.evaluation.start());
  }

  /** Of the source of the same name, else of the one that stood in its place. */
  private static Snapshot inherited(
      List<Line> gone, ExporterConfig wanted, List<Line> old, int place) {
    return gone.stream()
        .filter(line -> line.config.source().name().equals(wanted.source().name()))
        .findFirst()
        .or(() -> old.stream().skip(place).findFirst().filter(gone::contains))
        .map(line -> line.snapshot)
        .orElse(Snapshot.NONE);
  }

  private synchronized List<Line> lines() {
    return lines;
  }

  private synchronized void run(List<Line> next, List<Signal> judged) {
    lines = List.copyOf(next);
    signals = judged;
    serve();
  }

  private synchronized void shows(Line line, Snapshot made) {
    line.snapshot = made;
    if (lines.contains(line)) {
      serve();
    }
  }

  private void serve() {
    Snapshot merged = merge.of(lines.stream().map(line -> line.snapshot).toList());
    shown = merged;
    if (!merged.isEmpty()) {
      self.serves(merged, signals);
    }
  }

  @Override
  public void close() {
    lines().forEach(line -> line.evaluation.stop());
    // each seals what it learnt, and who waits for the end has little patience
    lines().parallelStream().forEach(line -> line.evaluation.close());
  }
}
