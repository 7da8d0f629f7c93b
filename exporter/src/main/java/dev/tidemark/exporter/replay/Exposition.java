package dev.tidemark.exporter.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads samples of the OpenMetrics text format, line by line; metadata and exemplars are passed
 * over.
 */
final class Exposition {
  static final String NAME = "__name__";
  private static final byte[] END = "# EOF".getBytes(StandardCharsets.US_ASCII);

  private final Records lines;
  private long line;
  private long endLine;
  private byte[] text = {};
  private int at;
  private int to;

  Exposition(InputStream in) throws IOException {
    lines = new Records(in, false);
    lines.passOverMark();
  }

  /** Whether {@code # EOF} was read. */
  boolean ended() {
    return endLine > 0;
  }

  /** The line of the first {@code # EOF}, counted from 1; 0 before it. */
  long endLine() {
    return endLine;
  }

  long bytesRead() {
    return lines.bytesRead();
  }

  /** Fills in the next line that is to be a sample; false at the end. */
  boolean next(Row row) throws IOException {
    while (lines.next()) {
      line++;
      if (lines.flaw() != Records.Flaw.NONE) {
        row.clear(lines.buffer());
        row.refused = "line longer than " + Records.LONGEST + " bytes";
        return true;
      }
      text = lines.buffer();
      at = lines.from();
      to = lines.to();
      blanks();
      if (at == to) {
        continue;
      }
      if (text[at] == '#') {
        if (!ended() && isEnd()) {
          endLine = line;
        }
        continue;
      }
      row.clear(text);
      sample(row);
      if (ended()) {
        row.refused = "behind # EOF, which ends the text";
      }
      return true;
    }
    return false;
  }

  private boolean isEnd() {
    int stop = to;
    while (stop > at && text[stop - 1] == ' ') {
      stop--;
    }
    return java.util.Arrays.equals(text, at, stop, END, 0, END.length);
  }

  private void sample(Row row) {
    int from = at;
    boolean quoted = false;
    boolean braces = false;
    for (; at < to; at++) {
      byte b = text[at];
      if (quoted && b == '\\') {
        at++;
      } else if (b == '"') {
        quoted = !quoted;
      } else if (!quoted && b == '{') {
        braces = true;
      } else if (!quoted && b == '}') {
        braces = false;
      } else if (!quoted && !braces && (b == ' ' || b == '\t')) {
        int token = at;
        blanks();
        if (at < to && text[at] == '{') {
          at--; // "name {labels}": the blank belongs to the series
          continue;
        }
        at = token;
        break;
      }
    }
    if (at >= to) {
      row.refused = "not a sample: no value behind the series";
      return;
    }
    row.series(from, at);
    blanks();
    int value = at;
    token();
    row.value(value, at);
    blanks();
    int time = at;
    if (at < to && text[at] != '#') {
      token();
      row.time(time, at);
      blanks();
    }
    if (at < to && text[at] != '#') {
      row.refused = "not a sample: more than a value and a timestamp behind the series";
    }
  }

  private void blanks() {
    while (at < to && (text[at] == ' ' || text[at] == '\t')) {
      at++;
    }
  }

  private void token() {
    while (at < to && text[at] != ' ' && text[at] != '\t') {
      at++;
    }
  }

  /**
   * The labels of a series, its name among them.
   *
   * @throws IllegalArgumentException where it is not written as one
   */
  static Map<String, String> labels(Row row) {
    String series =
        new String(row.text, row.seriesFrom, row.seriesTo - row.seriesFrom, StandardCharsets.UTF_8);
    Map<String, String> labels = new TreeMap<>();
    int brace = series.indexOf('{');
    String name = (brace < 0 ? series : series.substring(0, brace)).strip();
    if (!name.isEmpty()) {
      labels.put(NAME, name);
    }
    if (brace >= 0) {
      new Braces(series, brace + 1).into(labels);
    }
    if (!labels.containsKey(NAME)) {
      throw new IllegalArgumentException("no metric name");
    }
    return labels;
  }

  private static final class Braces {
    private final String text;
    private int at;

    Braces(String text, int at) {
      this.text = text;
      this.at = at;
    }

    void into(Map<String, String> labels) {
      while (true) {
        skip(" ,\t");
        if (at < text.length() && text.charAt(at) == '}') {
          if (at != text.length() - 1) {
            throw new IllegalArgumentException("text behind the labels");
          }
          return;
        }
        String name = at < text.length() && text.charAt(at) == '"' ? quoted() : word();
        skip(" \t");
        if (at < text.length() && text.charAt(at) == '=') {
          at++;
          skip(" \t");
          if (labels.put(name, quoted()) != null) {
            throw new IllegalArgumentException("label " + name + " stands twice");
          }
        } else {
          labels.put(NAME, name); // {"a name in UTF-8", label="…"}
        }
      }
    }

    private void skip(String characters) {
      while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private String word() {
      int from = at;
      while (at < text.length() && "=,}\" \t".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      if (at == from) {
        throw new IllegalArgumentException("a label without a name, or braces that do not close");
      }
      return text.substring(from, at);
    }

    private String quoted() {
      if (at >= text.length() || text.charAt(at) != '"') {
        throw new IllegalArgumentException("a label value without quotes");
      }
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '"') {
          at++;
          return value.toString();
        }
        if (c == '\\' && at + 1 < text.length()) {
          char escaped = text.charAt(++at);
          value.append(escaped == 'n' ? '\n' : escaped);
        } else {
          value.append(c);
        }
      }
      throw new IllegalArgumentException("a quote is opened and not closed");
    }
  }
}
