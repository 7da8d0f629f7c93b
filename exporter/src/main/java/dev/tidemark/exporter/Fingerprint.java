package dev.tidemark.exporter;

import dev.tidemark.exporter.fleet.Shard;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.signal.Way;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that decides what is learnt, as text, one line each: a state may go on only under the
 * same lines. What only decides what is shown, when it is asked for or how it is said is not in it.
 */
final class Fingerprint {
  private Fingerprint() {}

  /** Of a configuration of one source. */
  static String of(ExporterConfig config, Shard shard) {
    Stream<String> lines =
        Stream.of(
            "source " + config.source().urls(),
            "shard " + shard,
            "match " + config.targets().match(),
            "interval " + config.interval(),
            "history " + config.history(),
            "replicaLabels " + config.replicaLabels(),
            "labels " + config.labels(),
            "workload " + config.workload().labels(),
            "baseline " + config.baseline(),
            "growth " + config.growth(),
            "judgement " + config.judgement(),
            "limits " + config.limits(),
            "requests " + config.requests());
    List<Signal> signals = config.judged();
    return Stream.concat(lines, signals.stream().map(Fingerprint::signal))
        .map(line -> line.replace('\n', ' '))
        .collect(Collectors.joining("\n"));
  }

  private static String signal(Signal signal) {
    return "signal %s %s %s %s %s %s limit %s needs %s ways %s"
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
