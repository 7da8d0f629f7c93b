package dev.tidemark.e2e.corpus.data;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Samples as CSV, compressed: {@code timestamp} in epoch seconds and a column a metric; an empty
 * field is a sample that is not there.
 */
public final class SamplesFile {
  private static final String TIME = "timestamp";

  private SamplesFile() {}

  public static void write(Path file, Samples samples) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
      out.write(TIME);
      for (String metric : samples.byMetric().keySet()) {
        out.write(',' + metric);
      }
      out.write('\n');
      for (int row = 0; row < samples.rows(); row++) {
        long millis = samples.millis()[row];
        out.write("%d.%03d".formatted(millis / 1000, millis % 1000));
        for (double[] column : samples.byMetric().values()) {
          out.write(',' + text(column[row]));
        }
        out.write('\n');
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException that names file and line where it is damaged or out of order
   */
  public static Samples read(Path file) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String header = in.readLine();
      if (header == null || !header.startsWith(TIME + ',')) {
        throw new IOException(file + ":1: the header must begin with " + TIME + ",");
      }
      String[] metrics = header.substring(TIME.length() + 1).split(",", -1);
      List<double[]> rows = new ArrayList<>();
      double last = Double.NEGATIVE_INFINITY;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        double[] row = row(file, rows.size() + 2, line, metrics.length + 1);
        if (!(row[0] > last)) {
          throw new IOException(file + ":" + (rows.size() + 2) + ": not later than the row before");
        }
        last = row[0];
        rows.add(row);
      }
      return columns(metrics, rows);
    }
  }

  private static double[] row(Path file, int number, String line, int wanted) throws IOException {
    String[] fields = line.split(",", -1);
    if (fields.length != wanted) {
      throw new IOException(
          "%s:%d: %d fields, the header has %d".formatted(file, number, fields.length, wanted));
    }
    double[] row = new double[wanted];
    try {
      for (int i = 0; i < wanted; i++) {
        row[i] = fields[i].isEmpty() && i > 0 ? Double.NaN : Double.parseDouble(fields[i]);
      }
    } catch (NumberFormatException e) {
      throw new IOException(file + ":" + number + ": not a number: " + e.getMessage(), e);
    }
    return row;
  }

  private static Samples columns(String[] metrics, List<double[]> rows) {
    long[] millis = new long[rows.size()];
    Map<String, double[]> byMetric = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      millis[i] = Math.round(rows.get(i)[0] * 1000);
    }
    for (int m = 0; m < metrics.length; m++) {
      double[] column = new double[rows.size()];
      for (int i = 0; i < rows.size(); i++) {
        column[i] = rows.get(i)[m + 1];
      }
      byMetric.put(metrics[m], column);
    }
    return new Samples(millis, byMetric);
  }

  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }
}
