package dev.tidemark.exporter;

import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.exporter.source.SourceConfig;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.signal.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that decides what is learnt, as text, one line each: a state may go on only under the
 * same lines. What only decides what is shown, when it is asked for or how it is said is not in it.
 *
 * <p>A key that has the value which stands here makes no line. So a release may add a key and goes
 * on from what was learnt before it, if the value that stands here is what was done without the
 * key. It is not to follow the key's default: another default learns otherwise.
 */
public final class Fingerprint {
  private static final List<Duration> WINDOWS =
      List.of(Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(7));
  private static final List<Duration> HORIZONS =
      List.of(Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24));

  private final List<String> lines = new ArrayList<>();

  private Fingerprint() {}

  /** Of a configuration of one source. */
  public static String of(ExporterConfig config, Shard shard) {
    Fingerprint made = new Fingerprint();
    made.line("source", config.source().urls());
    made.unless(Map.of(), "source.headers", shownHeaders(config.source()));
    made.line("interval", config.interval());
    made.line("history", config.history());
    made.unless(Shard.WHOLE, "shard", shard);
    made.unless(List.of(), "targets.match", config.targets().match());
    made.unless(List.of("prometheus_replica", "replica"), "replicaLabels", config.replicaLabels());
    made.unless(List.of(), "labels.add", config.labels().add());
    made.unless(List.of(), "labels.drop", config.labels().drop());
    made.unless(List.of(), "workload.by", config.workload().labels());
    made.unless(WINDOWS, "baseline.windows", config.baseline().windows());
    made.unless(Duration.ofHours(1), "baseline.lag", config.baseline().lag());
    made.unless(Duration.ofMinutes(5), "baseline.freezeAfter", config.baseline().freezeAfter());
    made.unless(Duration.ofHours(24), "baseline.freezeCap", config.baseline().freezeCap());
    made.unless(60, "baseline.minSamples", config.baseline().minSamples());
    made.unless(HORIZONS, "growth.horizons", config.growth().horizons());
    made.unless(Duration.ofMinutes(15), "growth.warmUp", config.growth().warmUp());
    made.unless(List.of(), "judgement.off", config.judgement().off());
    made.unless(10_000.0, "limits.goroutines", config.limits().goroutines());
    made.unless(200_000, "limits.series", config.limits().series());
    made.unless(2_000, "limits.targetsPerWorkload", config.limits().targetsPerWorkload());
    made.unless("", "requests", config.requests());
    config.judged().forEach(signal -> made.line("signal", signal(signal)));
    return String.join("\n", made.lines);
  }

  /** A header may name the tenant whose series are read. What is secret stays out of files. */
  private static SortedMap<String, List<String>> shownHeaders(SourceConfig source) {
    SortedMap<String, List<String>> shown = new TreeMap<>();
    source
        .headers()
        .forEach(
            (name, header) -> {
              if (!header.values().isEmpty()) {
                shown.put(name.toLowerCase(Locale.ROOT), header.values());
              }
            });
    return shown;
  }

  /** A line's end matters where a comment ends with it, so it is told from a blank. */
  private void line(String name, Object value) {
    String text = name + " " + value;
    lines.add(text.replace("\n", text.indexOf('#') < 0 ? " " : "\\n"));
  }

  private void unless(Object asWithoutIt, String name, Object value) {
    if (!value.equals(asWithoutIt)) {
      line(name, value);
    }
  }

  private static String signal(Signal signal) {
    return "%s %s %s %s %s %s limit %s needs %s ways %s"
        .formatted(
            signal.id(),
            signal.kind(),
            signal.side(),
            signal.reduce(),
            signal.smallestBand(),
            signal.expr(),
            signal.limit(),
            signal.needs().stream()
                .map(
                    need ->
                        need.metric() + " of " + need.from() + (need.clock() ? "" : " no clock"))
                .toList(),
            signal.ways().stream().map(Way::of).toList());
  }
}
