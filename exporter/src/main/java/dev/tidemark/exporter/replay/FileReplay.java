package dev.tidemark.exporter.replay;

import dev.tidemark.engine.Judgement;
import dev.tidemark.engine.Sample;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges every row of an input in its order and prints one row for each. */
final class FileReplay {
  private final Input input;
  private final Printer printer;
  private final ReplayTerms terms;
  private final SeriesTable table;
  private final Progress progress;
  private long judged;
  private long rejected;
  private long facts;
  private final Causes causes = new Causes();

  FileReplay(Input input, Printer printer, ReplayTerms terms, Progress progress) {
    this.input = input;
    this.printer = printer;
    this.terms = terms;
    this.progress = progress;
    this.table = new SeriesTable(input, printer, terms);
  }

  void run() throws IOException {
    Row row = new Row();
    while (input.next(row)) {
      take(row);
      progress.row(judged + rejected + facts, input.bytesRead());
    }
    printer.header();
    printer.flush();
    progress.done(new Progress.Count(judged, rejected, facts), table.size());
    causes.hint(judged, rejected).ifPresent(progress::say);
  }

  private void take(Row row) throws IOException {
    boolean shaped = row.refused == null;
    ReplaySeries series = shaped ? table.of(row) : null;
    String refused = row.refused;
    if (refused == null && series == null) {
      refused = "series not judged: there are " + table.size() + " already";
    }
    if (refused != null || series == null) {
      reject(row, series, String.valueOf(refused));
      return;
    }
    long time = Timestamps.parse(row.text, inner(row, row.timeFrom), innerEnd(row));
    if (time == Timestamps.NONE) {
      causes.noTime(row.text, inner(row, row.timeFrom), innerEnd(row));
      reject(row, series, Timestamps.why(row.text, row.timeFrom, row.timeTo));
      return;
    }
    double value = value(row);
    if (Double.isNaN(value)) {
      reject(row, series, notANumber(row));
      return;
    }
    if (time <= series.judge.newestMillis()) {
      causes.late();
      reject(
          row,
          series,
          time == series.judge.newestMillis()
              ? "duplicate: the series has a row of this time already"
              : "late: the series has a later row already");
      return;
    }
    Judgement judgement =
        series.judge.observe(new Sample(time, value, terms.limit(), series.startAt(time)), null);
    if (judgement.ignored()) {
      reject(row, series, judgement.verdict());
      return;
    }
    judged++;
    printer.judged(row, series.text, judgement);
  }

  private void reject(Row row, @Nullable ReplaySeries series, String reason) throws IOException {
    if (row.fact) {
      facts++;
    } else {
      rejected++;
    }
    printer.rejected(row, series == null ? labels(row) : series.text.labels, reason);
  }

  private byte[] labels(Row row) {
    List<String> values =
        row.seriesTo > row.seriesFrom
            ? input.values(row)
            : Collections.nCopies(input.labels().size(), "");
    return printer.labels(values);
  }

  /** Quotes around a time or a value are no part of it. */
  private static int inner(Row row, int from) {
    return row.timeTo - from > 1 && row.text[from] == '"' ? from + 1 : from;
  }

  private static int innerEnd(Row row) {
    boolean quoted = row.timeTo - row.timeFrom > 1 && row.text[row.timeFrom] == '"';
    return quoted ? row.timeTo - 1 : row.timeTo;
  }

  private static double value(Row row) {
    boolean quoted = row.valueTo - row.valueFrom > 1 && row.text[row.valueFrom] == '"';
    int inset = quoted ? 1 : 0;
    return Decimals.parse(row.text, row.valueFrom + inset, row.valueTo - inset);
  }

  private static String notANumber(Row row) {
    return row.valueFrom == row.valueTo
        ? "no value"
        : "value "
            + Timestamps.shown(row.text, row.valueFrom, row.valueTo)
            + " is not a finite number";
  }
}
