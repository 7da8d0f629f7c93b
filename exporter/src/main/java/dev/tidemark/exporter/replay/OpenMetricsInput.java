package dev.tidemark.exporter.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The text format of OpenMetrics with timestamps; each series of each metric is a series. The file
 * is read twice: process starts stand behind what they matter for.
 */
final class OpenMetricsInput implements Input {
  private final Exposition exposition;
  private final ExpositionFacts facts;

  OpenMetricsInput(InputStream in, ExpositionFacts facts) throws IOException {
    this.exposition = new Exposition(in);
    this.facts = facts;
  }

  @Override
  public List<String> labels() {
    return facts.labels();
  }

  @Override
  public boolean next(Row row) throws IOException {
    if (!exposition.next(row)) {
      return false;
    }
    if (row.refused == null && row.timeFrom == row.timeTo) {
      row.refused = "no timestamp";
    } else if (row.refused == null && ExpositionFacts.isStart(row)) {
      row.fact = true;
      row.refused = "tells when the process started, and is not judged itself";
    }
    return true;
  }

  @Override
  public List<String> values(Row row) {
    Map<String, String> labels;
    try {
      labels = Exposition.labels(row);
    } catch (IllegalArgumentException e) {
      if (row.refused == null) {
        row.refused = "not a sample: " + e.getMessage();
      }
      labels = Map.of();
    }
    List<String> values = new ArrayList<>(facts.labels().size());
    for (String name : facts.labels()) {
      values.add(labels.getOrDefault(name, ""));
    }
    return values;
  }

  @Override
  public long[] starts(List<String> values) {
    return facts.starts(values.subList(1, values.size()));
  }

  @Override
  public long bytesRead() {
    return exposition.bytesRead();
  }
}
