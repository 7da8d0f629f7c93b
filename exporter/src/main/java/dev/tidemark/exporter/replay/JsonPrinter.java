package dev.tidemark.exporter.replay;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.tidemark.engine.Judgement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One JSON object a line, with the columns of the CSV as keys; what is not known is null. */
final class JsonPrinter implements Printer {
  private final Output out;
  private final List<String> labels;

  JsonPrinter(Output out, List<String> labels) {
    this.out = out;
    this.labels = List.copyOf(labels);
  }

  @Override
  public void header() {}

  @Override
  public byte[] labels(List<String> values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      text.append(',').append(string(Printer.column(labels.get(i))));
      text.append(':').append(string(values.get(i)));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void judged(Row row, SeriesText series, Judgement j) throws IOException {
    echo(row, series.labels);
    number(",\"expected\":", series.expected.of(j.expected()));
    number(",\"upper\":", series.upper.of(j.upper()));
    number(",\"lower\":", series.lower.of(j.lower()));
    number(",\"score\":", series.score.of(j.score()));
    number(",\"growth\":", series.growth.of(j.growthPerSecond()));
    out.put(",\"leak_state\":");
    out.put((char) ('0' + j.leakState().code()));
    out.put(",\"reason\":");
    out.put(string(j.reason(series.measure)));
    out.put('}');
    out.endOfRow();
  }

  @Override
  public void rejected(Row row, byte[] labels, String reason) throws IOException {
    echo(row, labels);
    for (String column : COLUMNS.subList(0, COLUMNS.size() - 1)) {
      out.put(",\"" + column + "\":null");
    }
    out.put(",\"reason\":");
    out.put(string(reason));
    out.put('}');
    out.endOfRow();
  }

  private void number(String key, byte[] text) {
    out.put(key);
    out.put(text.length == 0 ? "null" : new String(text, StandardCharsets.US_ASCII));
  }

  private void echo(Row row, byte[] labels) {
    out.put("{\"timestamp\":");
    out.put(time(row));
    out.put(labels);
    out.put(",\"value\":");
    double value = Decimals.parse(row.text, row.valueFrom, row.valueTo);
    out.put(Double.isNaN(value) ? "null" : Decimals.print(value));
  }

  /** The very characters: as a number where they are one in JSON, else as a string. */
  private static String time(Row row) {
    String raw =
        new String(row.text, row.timeFrom, row.timeTo - row.timeFrom, StandardCharsets.UTF_8);
    if (raw.isEmpty()) {
      return "null";
    }
    boolean quoted = raw.length() > 1 && raw.startsWith("\"") && raw.endsWith("\"");
    String text = quoted ? raw.substring(1, raw.length() - 1).replace("\"\"", "\"") : raw;
    return isNumber(text) ? text : string(text);
  }

  private static boolean isNumber(String text) {
    int i = text.startsWith("-") ? 1 : 0;
    int point = text.indexOf('.');
    int whole = point < 0 ? text.length() : point;
    boolean leadingZero = whole - i > 1 && text.charAt(i) == '0';
    if (whole == i || leadingZero || point == text.length() - 1) {
      return false;
    }
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && i != point) {
        return false;
      }
    }
    return true;
  }

  private static String string(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
