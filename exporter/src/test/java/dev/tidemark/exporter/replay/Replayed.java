package dev.tidemark.exporter.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidemark.engine.JudgeConfig;
import dev.tidemark.engine.Reduce;
import dev.tidemark.engine.SeriesShape;
import dev.tidemark.engine.Side;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replay of a text on standard input, and what it said. */
record Replayed(String out, String err) {
  static final SeriesShape GAUGE = new SeriesShape(Side.BOTH, Reduce.MEDIAN, 0);

  List<String> rows() {
    return out.lines().skip(1).toList();
  }

  /** The last column of each row, its quotes taken off. */
  List<String> reasons() {
    return rows().stream()
        .map(row -> row.endsWith("\"") ? row.substring(row.lastIndexOf(",\"") + 2) : lastOf(row))
        .map(reason -> reason.replaceAll("\"$", ""))
        .toList();
  }

  private static String lastOf(String row) {
    return row.substring(row.lastIndexOf(',') + 1);
  }

  static Replayed csv(String text) {
    return csv(text.getBytes(UTF_8));
  }

  static Replayed csv(byte[] bytes) {
    return csv(new ByteArrayInputStream(bytes), Replay.Format.CSV, null, 1000);
  }

  static Replayed csv(
      InputStream in, Replay.Format format, @Nullable JudgeConfig configured, int mostSeries) {
    Judging judging = new Judging(GAUGE, configured, Double.NaN, mostSeries);
    return run(format, replay -> replay.csv(new RecordedFile("-", in), judging));
  }

  static Replayed openMetrics(String text, Replay.Format format) {
    Judging judging = new Judging(GAUGE, null, Double.NaN, 1000);
    InputStream in = new ByteArrayInputStream(text.getBytes(UTF_8));
    return run(format, replay -> replay.openMetrics(new RecordedFile("-", in), judging));
  }

  interface Work {
    void with(Replay replay) throws IOException;
  }

  static Replayed run(Replay.Format format, Work work) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    Progress progress = new Progress(new PrintWriter(err), false, () -> 0);
    try {
      work.with(new Replay(format, out, progress));
    } catch (IOException e) {
      throw new UncheckedIOException(out.toString(StandardCharsets.UTF_8), e);
    }
    return new Replayed(out.toString(UTF_8), err.toString());
  }

  /** Gives at most so many bytes at a time. */
  static InputStream inPieces(byte[] bytes, int most) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return super.read(into, offset, Math.min(length, most));
      }
    };
  }
}
