package dev.tidemark.exporter.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must be known of an exposition before its first row is judged; a first reading finds it. */
final class ExpositionFacts {
  private static final byte[] START = "process_start_time_seconds".getBytes(StandardCharsets.UTF_8);

  /** Columns of a table that anybody can read. */
  private static final int MOST_LABELS = 500;

  /** Series whose text is looked at for labels and starts. */
  private static final int MOST_SERIES = 1_000_000;

  private static final int MOST_STARTS = 10_000;

  private final List<String> labels = new ArrayList<>();
  private final Map<List<String>, SortedSet<Long>> starts = new HashMap<>();
  private final Spacing spacing = new Spacing();
  private long endLine;
  private long behindEnd;

  private ExpositionFacts() {}

  static ExpositionFacts read(InputStream in) throws IOException {
    ExpositionFacts facts = new ExpositionFacts();
    Exposition exposition = new Exposition(in);
    Row row = new Row();
    Set<ByteKey> seen = new HashSet<>();
    Set<String> names = new TreeSet<>();
    Map<Map<String, String>, SortedSet<Long>> told = new HashMap<>();
    ByteKey key = new ByteKey();
    while (exposition.next(row)) {
      if (row.refused != null) {
        facts.behindEnd += exposition.ended() ? 1 : 0;
        continue;
      }
      facts.spacing.add(row);
      key.at(row.text, row.seriesFrom, row.seriesTo);
      boolean fresh = !seen.contains(key);
      boolean start = isStart(row);
      if ((!fresh && !start) || seen.size() == MOST_SERIES) {
        continue;
      }
      Map<String, String> labels;
      try {
        labels = new TreeMap<>(Exposition.labels(row));
      } catch (IllegalArgumentException e) {
        continue; // told when it is judged
      }
      if (fresh) {
        seen.add(key.copy());
      }
      labels.remove(Exposition.NAME);
      names.addAll(labels.keySet());
      if (names.size() > MOST_LABELS) {
        throw new UnusableInputException("has more than " + MOST_LABELS + " label names");
      }
      if (start) {
        tell(told.computeIfAbsent(labels, l -> new TreeSet<>()), row);
      }
    }
    facts.endLine = exposition.endLine();
    facts.labels.add(Exposition.NAME);
    facts.labels.addAll(names);
    told.forEach((labels, times) -> facts.starts.put(facts.row(labels), times));
    return facts;
  }

  private static void tell(Set<Long> starts, Row row) {
    double seconds = Decimals.parse(row.text, row.valueFrom, row.valueTo);
    if (seconds > 0 && seconds < 1e11 && starts.size() < MOST_STARTS) {
      starts.add(Math.round(seconds * 1000));
    }
  }

  private List<String> row(Map<String, String> values) {
    return labels.stream().skip(1).map(name -> values.getOrDefault(name, "")).toList();
  }

  static boolean isStart(Row row) {
    int end = row.seriesFrom + START.length;
    return end <= row.seriesTo
        && Arrays.equals(row.text, row.seriesFrom, end, START, 0, START.length)
        && (end == row.seriesTo || row.text[end] == '{' || row.text[end] == ' ');
  }

  /** The name, then every label there is. */
  List<String> labels() {
    return labels;
  }

  /** By the values of the labels, without the name. */
  long[] starts(List<String> values) {
    SortedSet<Long> found = starts.get(values);
    return found == null ? new long[0] : found.stream().mapToLong(Long::longValue).toArray();
  }

  Spacing spacing() {
    return spacing;
  }

  /** Whether {@code # EOF} was there. */
  boolean ended() {
    return endLine > 0;
  }

  /** Its line, counted from 1. */
  long endLine() {
    return endLine;
  }

  /** Samples that stand behind it. */
  long behindEnd() {
    return behindEnd;
  }
}
