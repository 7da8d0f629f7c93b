package dev.tidemark.rules.history;

import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the same only once, for a replay with another {@code for} reads the same samples. Not for
 * several threads. Keeps what was used last.
 */
public final class Remembered implements RangeSource {
  /** About 64 MB; a larger answer is asked for again. */
  private static final int MOST_SAMPLES = 4_000_000;

  private final RangeSource source;
  private final Map<Question, Kept> answers = new LinkedHashMap<>(16, 0.75f, true);
  private long samples;

  private record Question(String expr, Instant start, Instant end, Duration step) {}

  private record Kept(List<Series> series, List<String> warnings, long samples) {}

  /** One series; sample i is (times[i], values[i]). */
  private static final class Series {
    private final Map<String, String> labels;
    private long[] times = new long[16];
    private double[] values = new double[16];
    private int count;

    Series(Map<String, String> labels) {
      this.labels = Map.copyOf(labels);
    }

    void add(long time, double value) {
      if (count == times.length) {
        times = Arrays.copyOf(times, count * 2);
        values = Arrays.copyOf(values, count * 2);
      }
      times[count] = time;
      values[count++] = value;
    }

    void tell(SeriesSink sink) {
      sink.begin(labels);
      for (int i = 0; i < count; i++) {
        sink.sample(times[i], values[i]);
      }
      sink.end();
    }
  }

  public Remembered(RangeSource source) {
    this.source = source;
  }

  @Override
  public List<String> range(String expr, Instant start, Instant end, Duration step, SeriesSink sink)
      throws PrometheusException {
    Question question = new Question(expr, start, end, step);
    Kept kept = answers.get(question);
    if (kept == null) {
      kept = ask(question);
      keep(question, kept);
    }
    kept.series().forEach(series -> series.tell(sink));
    return kept.warnings();
  }

  private Kept ask(Question question) throws PrometheusException {
    List<Series> all = new ArrayList<>();
    List<String> warnings =
        source.range(
            question.expr(),
            question.start(),
            question.end(),
            question.step(),
            new SeriesSink() {
              @Override
              public void begin(Map<String, String> labels) {
                all.add(new Series(labels));
              }

              @Override
              public void sample(long timestampMillis, double value) {
                all.get(all.size() - 1).add(timestampMillis, value);
              }

              @Override
              public void end() {}
            });
    // an answer without samples takes room, too
    return new Kept(
        all, warnings, 100 + all.stream().mapToLong(series -> series.count + 50L).sum());
  }

  private void keep(Question question, Kept kept) {
    if (kept.samples() > MOST_SAMPLES) {
      return;
    }
    answers.put(question, kept);
    samples += kept.samples();
    for (Iterator<Kept> oldest = answers.values().iterator(); samples > MOST_SAMPLES; ) {
      samples -= oldest.next().samples();
      oldest.remove();
    }
  }
}
