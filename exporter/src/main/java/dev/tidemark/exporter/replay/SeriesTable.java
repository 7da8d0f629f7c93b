package dev.tidemark.exporter.replay;

import dev.tidemark.engine.Judge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The series seen so far, found by their text as it stands in a row. Bounded. */
final class SeriesTable {
  /** Ways to write the same labels that are remembered, a series. */
  private static final int SPELLINGS = 2;

  private final Input input;
  private final Printer printer;
  private final ReplayTerms terms;
  private final Map<ByteKey, ReplaySeries> byText = new HashMap<>();
  private final Map<List<String>, ReplaySeries> byValues = new HashMap<>();
  private final ByteKey key = new ByteKey();

  SeriesTable(Input input, Printer printer, ReplayTerms terms) {
    this.input = input;
    this.printer = printer;
    this.terms = terms;
  }

  /** The series of a row, made where it is new; null where there are too many, or it is none. */
  @Nullable ReplaySeries of(Row row) {
    ReplaySeries known = byText.get(key.at(row.text, row.seriesFrom, row.seriesTo));
    if (known != null) {
      return known;
    }
    List<String> values = input.values(row);
    if (row.refused != null) {
      return null;
    }
    ReplaySeries series = byValues.get(values);
    if (series == null) {
      if (byValues.size() >= terms.mostSeries()) {
        return null;
      }
      Judge judge = new Judge(terms.shape(), terms.judge());
      SeriesText text = new SeriesText(printer.labels(values), terms.shape().measure());
      series = new ReplaySeries(judge, text, input.starts(values));
      byValues.put(values, series);
    }
    if (byText.size() < SPELLINGS * terms.mostSeries()) {
      byText.put(key.copy(), series);
    }
    return series;
  }

  int size() {
    return byValues.size();
  }
}
