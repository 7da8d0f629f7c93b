package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.prometheus.LabelValues;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import dev.tidemark.toolkit.prometheus.RawSink;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whole answers of a Prometheus, or an exception. */
public final class Answers {
  private static final int SHOWN = 300;

  private final PrometheusClient client;
  private final LabelSets sets;
  private final InstantSource clock;

  public Answers(PrometheusClient client) {
    this(client, new LabelSets(1), InstantSource.system());
  }

  /**
   * @param sets that the answers of all replicas share
   */
  Answers(PrometheusClient client, LabelSets sets, InstantSource clock) {
    this.client = client;
    this.sets = sets;
    this.clock = clock;
  }

  void range(String expr, Slots slots, SeriesSink sink)
      throws PrometheusException, PartialAnswerException {
    List<String> warnings =
        client.queryRange(
            expr,
            Instant.ofEpochMilli(slots.first()),
            Instant.ofEpochMilli(slots.last()),
            Duration.ofMillis(slots.step()),
            sink);
    refusePartial(warnings);
  }

  /** As {@link #range}, for many values that differ: what it costs the source most is spared. */
  void values(String expr, Slots slots, SeriesSink sink)
      throws PrometheusException, PartialAnswerException {
    refusePartial(
        client.queryRangeUncompressed(
            expr,
            Instant.ofEpochMilli(slots.first()),
            Instant.ofEpochMilli(slots.last()),
            Duration.ofMillis(slots.step()),
            sink));
  }

  /**
   * The samples of a metric as they were scraped, from as far back as a selector looks, or what is
   * fresh depends on.
   */
  void raw(Formula.Metric metric, Slots slots, RawSink sink) throws PrometheusException {
    long back = Math.max(RawRows.LOOKBACK_MILLIS, slots.step() * 5 / 2);
    client.raw(
        metric.name(),
        metric.matchers(),
        Instant.ofEpochMilli(slots.first() - back),
        Instant.ofEpochMilli(slots.last()),
        sink);
  }

  List<Event> events(String expr, Slots slots) throws PrometheusException, PartialAnswerException {
    List<Event> events = new ArrayList<>();
    range(expr, slots, new EventSink(events, sets));
    return events;
  }

  /** The names of all metrics that have a sample in a range, and perhaps of more. */
  List<String> metricNames(Instant first, Instant last)
      throws PrometheusException, PartialAnswerException {
    LabelValues found = client.labelValues("__name__", List.of(), first, last);
    refusePartial(found.warnings());
    return found.values();
  }

  /** Takes the rows of an answer by target. */
  ColumnSink columns(Slots slots) {
    return new ColumnSink(slots, sets);
  }

  /** What time it is where we ask. */
  Instant now() {
    return clock.instant();
  }

  /** Something new is asked for: who was not told of since the last time may be gone. */
  void turn() {
    sets.turn();
  }

  /**
   * Why one expression brings nothing while the others go on: the server refuses it for a single
   * slot, too, so it is wrong and not too much. Anything else is the failure of the whole chunk.
   */
  String whyAlone(PrometheusException failure, String expr, Slots slots)
      throws PrometheusException, PartialAnswerException {
    if (failure.reason() != Reason.QUERY || isTooMuch(failure)) {
      throw failure;
    }
    if (slots.count() > 1) {
      try {
        range(expr, slots.only(slots.last()), columns(slots));
      } catch (PrometheusException e) {
        return whyAlone(e, expr, slots.only(slots.last()));
      }
      throw failure;
    }
    return String.valueOf(failure.getMessage());
  }

  private static boolean isTooMuch(PrometheusException failure) {
    return String.valueOf(failure.getMessage()).contains("too many samples");
  }

  /**
   * Remarks about the expression itself ("PromQL info: metric might not be a counter") come as
   * warnings too from 2.48 on; they say nothing about what is missing. Native histograms have no
   * one value: slots without a sample, however often they are asked for.
   */
  private static void refusePartial(List<String> warnings) throws PartialAnswerException {
    List<String> partial =
        warnings.stream()
            .filter(w -> !w.startsWith("PromQL "))
            .filter(w -> !w.endsWith(PrometheusClient.HISTOGRAMS_LEFT_OUT))
            .toList();
    if (!partial.isEmpty()) {
      String text = String.join("; ", partial);
      throw new PartialAnswerException(
          text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }
  }

  private static final class EventSink implements SeriesSink {
    private final List<Event> events;
    private final LabelSets sets;
    private Map<String, String> labels = Map.of();

    EventSink(List<Event> events, LabelSets sets) {
      this.events = events;
      this.sets = sets;
    }

    @Override
    public void begin(Map<String, String> labels) {
      this.labels = sets.same(labels);
    }

    @Override
    public void sample(long millis, double value) {
      if (Double.isFinite(value)) {
        events.add(new Event(millis, labels, value));
      }
    }

    @Override
    public void end() {}
  }
}
