package dev.tidemark.exporter.replay;

import dev.tidemark.exporter.fleet.FleetShape;
import dev.tidemark.exporter.source.Feed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Judges recorded series and prints a row for each of theirs. Memory grows with the series, not
 * with the rows.
 *
 * <p>Every method throws {@link UnusableInputException} where the input as a whole cannot be read,
 * {@link OutputClosedException} where nobody takes the output; what was judged before is printed.
 */
public final class Replay {
  /** How rows are printed. */
  public enum Format {
    CSV,
    JSON
  }

  private final Format format;
  private final Output output;
  private final Progress progress;

  public Replay(Format format, OutputStream out, Progress progress) {
    this.format = format;
    this.output = new Output(out);
    this.progress = progress;
  }

  /** Rows of CSV; standard input is judged as it comes. */
  public void csv(RecordedFile file, Judging judging) throws IOException {
    guarded(
        file,
        () -> {
          try (InputStream in = file.open()) {
            InputStream whole = in;
            Optional<Duration> spacing = Optional.empty();
            if (judging.configured() == null || !file.isStandardInput()) {
              FirstRows first = new FirstRows(in);
              spacing = first.spacing().smallestCommon();
              whole = first.whole();
            }
            CsvInput input = new CsvInput(new FlushBeforeWait(whole, output));
            ReplayTerms terms = judging.terms(spacing, progress);
            new FileReplay(input, printer(input.labels()), terms, progress).run();
          }
        });
  }

  /** Samples of the OpenMetrics text format; standard input is kept in a file meanwhile. */
  public void openMetrics(RecordedFile file, Judging judging) throws IOException {
    guarded(
        file,
        () -> {
          Path copy = Files.createTempFile("tidemark-replay", ".om");
          try {
            openMetricsTwice(file.rereadable(copy), file.name(), judging);
          } finally {
            Files.deleteIfExists(copy);
          }
        });
  }

  /**
   * All that a source has up to a slot.
   *
   * @param labels of targets, one a column
   * @return what keeps the source from answering; empty when everything was judged
   */
  public String source(
      Feed feed, long last, FleetShape shape, List<String> labels, SourceReplay.Pause pause)
      throws IOException, InterruptedException {
    Printer printer = printer(SourceReplay.columns(labels));
    return new SourceReplay(shape, labels, printer, progress).run(feed, last, pause);
  }

  private void openMetricsTwice(RecordedFile file, String name, Judging judging)
      throws IOException {
    ExpositionFacts facts;
    try (InputStream first = file.open()) {
      facts = ExpositionFacts.read(first);
    }
    if (!facts.ended()) {
      progress.say("warning: " + name + " does not end with # EOF; it may be cut off");
    }
    if (facts.behindEnd() > 0) {
      progress.say(
          "warning: "
              + name
              + " goes on behind the # EOF in line "
              + facts.endLine()
              + ": "
              + facts.behindEnd()
              + " rows there are rejected; take that line out to have them judged");
    }
    ReplayTerms terms = judging.terms(facts.spacing().smallestCommon(), progress);
    try (InputStream second = file.open()) {
      OpenMetricsInput input = new OpenMetricsInput(second, facts);
      new FileReplay(input, printer(input.labels()), terms, progress).run();
    }
  }

  private Printer printer(List<String> labels) {
    return switch (format) {
      case CSV -> new CsvPrinter(output, labels);
      case JSON -> new JsonPrinter(output, labels);
    };
  }

  private interface Work {
    void run() throws IOException;
  }

  private void guarded(RecordedFile file, Work work) throws IOException {
    try {
      work.run();
    } catch (OutputClosedException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new UnusableInputException(file.name() + ": no such file");
    } catch (IOException e) {
      output.flush();
      throw new UnusableInputException(file.name() + ": " + e.getMessage());
    }
  }
}
