package dev.tidemark.e2e.corpus.nab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A local clone of numenta/NAB: {@code data/} and {@code labels/combined_windows.json}. */
record Dataset(Path folder) {
  private static final DateTimeFormatter WHOLE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter LABEL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS]");

  /** A file of the benchmark; its times have no zone and are taken for UTC. */
  static final class Recorded {
    final String name;
    final long[] millis;
    final double[] values;
    final List<Series.Window> windows;

    Recorded(String name, long[] millis, double[] values, List<Series.Window> windows) {
      this.name = name;
      this.millis = millis;
      this.values = values;
      this.windows = List.copyOf(windows);
    }
  }

  private Path labels() {
    return folder.resolve("labels/combined_windows.json");
  }

  boolean exists() {
    return Files.isRegularFile(labels());
  }

  /**
   * Every series that is labelled.
   *
   * @throws IOException that names file and line of what is wrong
   */
  List<Recorded> read() throws IOException {
    JsonNode labels = new ObjectMapper().readTree(labels().toFile());
    Map<String, JsonNode> byName = new TreeMap<>();
    labels.properties().forEach(entry -> byName.put(entry.getKey(), entry.getValue()));
    List<Recorded> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : byName.entrySet()) {
      all.add(read(entry.getKey(), entry.getValue()));
    }
    return all;
  }

  private Recorded read(String name, JsonNode windows) throws IOException {
    Path file = folder.resolve("data").resolve(name);
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals("timestamp,value")) {
      throw new IOException(file + ":1: the header must be timestamp,value");
    }
    int rows = lines.size() - 1;
    long[] millis = new long[rows];
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      try {
        String[] fields = lines.get(i + 1).split(",", -1);
        millis[i] = millis(fields[0], WHOLE);
        values[i] = Double.parseDouble(fields[1]);
      } catch (DateTimeParseException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new IOException(file + ":" + (i + 2) + ": " + e.getMessage(), e);
      }
    }
    return new Recorded(name, millis, values, windows(windows, millis));
  }

  private static List<Series.Window> windows(JsonNode windows, long[] millis) {
    List<Series.Window> found = new ArrayList<>();
    for (JsonNode window : windows) {
      long from = millis(window.path(0).asText(), LABEL);
      long until = millis(window.path(1).asText(), LABEL);
      int first = -1;
      int last = -1;
      for (int i = 0; i < millis.length; i++) {
        if (millis[i] >= from && millis[i] <= until) {
          first = first < 0 ? i : first;
          last = i;
        }
      }
      if (first >= 0) {
        found.add(new Series.Window(first, last));
      }
    }
    return found;
  }

  private static long millis(String text, DateTimeFormatter format) {
    return LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
