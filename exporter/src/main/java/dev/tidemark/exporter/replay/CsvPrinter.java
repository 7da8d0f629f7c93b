package dev.tidemark.exporter.replay;

import dev.tidemark.engine.Judgement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** CSV as in RFC 4180; what is not known is empty. */
final class CsvPrinter implements Printer {
  private final Output out;
  private final List<String> labels;
  private boolean begun;

  CsvPrinter(Output out, List<String> labels) {
    this.out = out;
    this.labels = List.copyOf(labels);
  }

  @Override
  public void header() throws IOException {
    if (begun) {
      return;
    }
    begun = true;
    out.put("timestamp");
    labels.forEach(label -> out.put("," + quoted(Printer.column(label))));
    out.put(",value," + String.join(",", COLUMNS));
    out.endOfRow();
  }

  @Override
  public byte[] labels(List<String> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(value -> text.append(',').append(quoted(value)));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void judged(Row row, SeriesText series, Judgement j) throws IOException {
    header();
    echo(row, series.labels);
    out.put(',');
    out.put(series.expected.of(j.expected()));
    out.put(',');
    out.put(series.upper.of(j.upper()));
    out.put(',');
    out.put(series.lower.of(j.lower()));
    out.put(',');
    out.put(series.score.of(j.score()));
    out.put(',');
    out.put(series.growth.of(j.growthPerSecond()));
    out.put(',');
    out.put((char) ('0' + j.leakState().code()));
    out.put(',');
    out.put(quoted(j.reason(series.measure)));
    out.endOfRow();
  }

  @Override
  public void rejected(Row row, byte[] labels, String reason) throws IOException {
    header();
    echo(row, labels);
    out.put(",,,,,,,");
    out.put(quoted(reason));
    out.endOfRow();
  }

  private void echo(Row row, byte[] labels) {
    out.put(row.text, row.timeFrom, row.timeTo);
    out.put(labels);
    out.put(',');
    out.put(row.text, row.valueFrom, row.valueTo);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  private static String quoted(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return '"' + text.replace("\"", "\"\"") + '"';
      }
    }
    return text;
  }
}
