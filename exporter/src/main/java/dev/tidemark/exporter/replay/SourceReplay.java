package dev.tidemark.exporter.replay;

import dev.tidemark.engine.Judgement;
import dev.tidemark.exporter.fleet.Fleet;
import dev.tidemark.exporter.fleet.FleetListener;
import dev.tidemark.exporter.fleet.FleetShape;
import dev.tidemark.exporter.fleet.Onlooker;
import dev.tidemark.exporter.fleet.Refusal;
import dev.tidemark.exporter.source.Chunk;
import dev.tidemark.exporter.source.Feed;
import dev.tidemark.signals.signal.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges what a source remembers of a range, as the exporter would have, and prints a row for each
 * judged sample.
 */
public final class SourceReplay implements FleetListener, Onlooker {
  /** A row's first label. */
  private static final String SIGNAL = "signal";

  private static final int ATTEMPTS = 4;

  /** Waits as long as it is told to. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration length) throws InterruptedException;
  }

  private record Key(Map<String, String> target, String signal) {}

  private final Printer printer;
  private final List<String> labels;
  private final Progress progress;
  private final Fleet fleet;
  private final Map<Key, SeriesText> texts = new HashMap<>();
  private final Row row = new Row();
  private long judged;
  private long refused;

  SourceReplay(FleetShape shape, List<String> labels, Printer printer, Progress progress) {
    this.fleet = new Fleet(shape, this);
    this.labels = List.copyOf(labels);
    this.printer = printer;
    this.progress = progress;
  }

  /** The columns between timestamp and value. */
  static List<String> columns(List<String> labels) {
    List<String> columns = new ArrayList<>(List.of(SIGNAL));
    columns.addAll(labels);
    return columns;
  }

  /**
   * Takes all that the feed has up to a slot.
   *
   * @return what keeps the source from answering; empty when everything was judged
   */
  String run(Feed feed, long last, Pause pause) throws IOException, InterruptedException {
    while (feed.status().slot() < last) {
      Duration wait = take(feed);
      if (feed.failures() == ATTEMPTS) {
        printer.flush();
        return feed.status().failure();
      }
      if (feed.status().slot() < last) {
        pause.of(wait);
      }
    }
    printer.header();
    printer.flush();
    progress.done(new Progress.Count(judged, refused, 0), texts.size());
    return "";
  }

  private Duration take(Feed feed) throws IOException {
    try {
      return feed.runDue(this::apply);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void apply(Chunk chunk) {
    fleet.apply(chunk, this);
  }

  @Override
  public boolean wants(long slot) {
    return true;
  }

  @Override
  public void judged(long slot) {
    fleet.tellJudged(this::print);
  }

  private void print(Map<String, String> target, Signal signal, Judgement judgement) {
    judged++;
    SeriesText text =
        texts.computeIfAbsent(new Key(target, signal.id()), key -> text(target, signal));
    String time = Decimals.print(judgement.timeMillis() / 1000.0);
    byte[] cells = (time + Decimals.print(judgement.value())).getBytes(StandardCharsets.US_ASCII);
    row.clear(cells);
    row.time(0, time.length());
    row.value(time.length(), cells.length);
    try {
      printer.judged(row, text, judgement);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    progress.row(judged, 0);
  }

  private SeriesText text(Map<String, String> target, Signal signal) {
    List<String> values = new ArrayList<>(List.of(signal.id()));
    labels.forEach(label -> values.add(target.getOrDefault(label, "")));
    return new SeriesText(printer.labels(values), FleetShape.measure(signal));
  }

  @Override
  public void seriesRefused(Refusal reason) {
    if (refused++ == 0) {
      progress.say("warning: series are not judged: " + reason.label());
    }
  }

  @Override
  public void sampleIgnored() {}
}
