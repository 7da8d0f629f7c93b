package dev.tidemark.exporter.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** CSV as in RFC 4180: a header, {@code timestamp} first, {@code value} last, labels between. */
final class CsvInput implements Input {
  private static final long[] UNKNOWN = {};

  private final Records records;
  private final List<String> labels;

  /**
   * @throws UnusableInputException where the header is missing or another
   */
  CsvInput(InputStream in) throws IOException {
    records = new Records(in, true);
    records.passOverMark();
    labels = header();
  }

  private List<String> header() throws IOException {
    boolean more = records.next();
    while (more && records.isBlank()) {
      more = records.next();
    }
    if (!more) {
      throw new UnusableInputException("is empty; needs the header timestamp,<labels…>,value");
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Math.min(records.fields(), Records.MOST_COMMAS); i++) {
      names.add(field(i).strip());
    }
    int last = names.size() - 1;
    if (records.flaw() != Records.Flaw.NONE
        || records.fields() > Records.MOST_COMMAS
        || last < 1
        || !names.get(0).equalsIgnoreCase("timestamp")
        || !names.get(last).equalsIgnoreCase("value")) {
      throw new UnusableInputException(
          "needs a header whose first column is timestamp and whose last is value, found "
              + Timestamps.shown(records.buffer(), records.from(), records.to()));
    }
    List<String> between = names.subList(1, last);
    if (new HashSet<>(between).size() < between.size()) {
      throw new UnusableInputException("names a column twice in its header: " + between);
    }
    return List.copyOf(between);
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public boolean next(Row row) throws IOException {
    do {
      if (!records.next()) {
        return false;
      }
    } while (records.isBlank());
    row.clear(records.buffer());
    int columns = labels.size() + 2;
    int fields = records.fields();
    switch (records.flaw()) {
      case TOO_LONG -> row.refused = "row longer than " + Records.LONGEST + " bytes";
      case UNCLOSED -> row.refused = "a quote is opened and not closed";
      case MISQUOTED -> row.refused = "text behind a closing quote";
      case NONE -> {
        row.time(records.fieldFrom(0), records.fieldTo(0));
        if (fields == columns) {
          // what lies between the first and the last comma, both included
          row.series(records.fieldTo(0), records.fieldFrom(columns - 1) - 1);
          row.value(records.fieldFrom(columns - 1), records.fieldTo(columns - 1));
        } else {
          row.refused = "row of " + fields + " columns, the header has " + columns;
        }
      }
    }
    return true;
  }

  @Override
  public List<String> values(Row row) {
    List<String> values = new ArrayList<>(labels.size());
    for (int i = 1; i <= labels.size(); i++) {
      values.add(row.seriesTo > row.seriesFrom ? field(i) : "");
    }
    return values;
  }

  private String field(int i) {
    int from = records.fieldFrom(i);
    int to = records.fieldTo(i);
    String raw = new String(records.buffer(), from, to - from, StandardCharsets.UTF_8);
    boolean quoted = raw.length() > 1 && raw.startsWith("\"") && raw.endsWith("\"");
    return quoted ? raw.substring(1, raw.length() - 1).replace("\"\"", "\"") : raw;
  }

  @Override
  public long[] starts(List<String> values) {
    return UNKNOWN;
  }

  @Override
  public long bytesRead() {
    return records.bytesRead();
  }
}
