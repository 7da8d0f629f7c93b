package dev.tidemark.e2e.corpus.engines;

import dev.tidemark.e2e.corpus.table.Episode;
import dev.tidemark.e2e.history.TsdbBlock;
import dev.tidemark.rules.history.Replay;
import dev.tidemark.rules.history.Span;
import dev.tidemark.rules.rule.Recording;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Evaluates rules at every interval of a recording, on the server that holds it. */
final class Evaluation {
  /** Evaluations asked for at once; each reads up to a week of samples. */
  private static final int PIECE = 720;

  private final PrometheusClient client;
  private final Span span;

  Evaluation(PrometheusClient client, Span span) {
    this.client = client;
    this.span = span;
  }

  /** Writes what these record, as a block that the server finds when it starts anew. */
  void record(List<Recording> recordings, Path data, int number)
      throws PrometheusException, IOException {
    TsdbBlock block = TsdbBlock.in(data, number);
    for (Recording recording : recordings) {
      Map<SortedMap<String, String>, Course> courses = recorded(recording);
      for (Map.Entry<SortedMap<String, String>, Course> course : courses.entrySet()) {
        block.add(course.getKey(), course.getValue().write(block, span.to().toEpochMilli()));
      }
    }
    block.finish();
  }

  private Map<SortedMap<String, String>, Course> recorded(Recording recording)
      throws PrometheusException {
    Map<SortedMap<String, String>, Course> courses = new HashMap<>();
    Duration piece = span.step().multipliedBy(PIECE);
    for (Instant at = span.from(); !at.isAfter(span.to()); at = at.plus(piece)) {
      Instant last = at.plus(piece).minus(span.step());
      client.queryRange(
          recording.expr().toString(),
          at,
          last.isAfter(span.to()) ? span.to() : last,
          span.step(),
          new SeriesSink() {
            private Course course = new Course(span.step().toMillis());

            @Override
            public void begin(Map<String, String> found) {
              SortedMap<String, String> labels = new TreeMap<>(found);
              labels.putAll(recording.labels());
              labels.put("__name__", recording.record());
              course = courses.computeIfAbsent(labels, l -> new Course(span.step().toMillis()));
            }

            @Override
            public void sample(long timestampMillis, double value) {
              course.add(timestampMillis, value);
            }

            @Override
            public void end() {}
          });
    }
    return courses;
  }

  /** When an alert fires, by pod or, where it is of no pod, by workload. */
  List<Episode> fired(Rule rule) throws PrometheusException {
    Replay.Found found =
        Replay.of(
            client::queryRange,
            span,
            rule.text(),
            rule.labels(),
            new Replay.Holds(rule.forDuration(), rule.keepFiringFor()));
    if (found.warnings().stream().anyMatch(w -> !w.startsWith("PromQL "))) {
      throw new IllegalStateException(rule.alert() + ": " + found.warnings());
    }
    return found.episodes().stream().map(e -> episode(rule, e)).toList();
  }

  private static Episode episode(Rule rule, dev.tidemark.rules.history.Episode told) {
    String workload = told.labels().getOrDefault("workload", "");
    return new Episode(
        told.labels().getOrDefault("pod", workload),
        rule.alert(),
        told.from().toEpochMilli() / 1000.0,
        told.to().toEpochMilli() / 1000.0);
  }
}
