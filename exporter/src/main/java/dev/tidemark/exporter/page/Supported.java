package dev.tidemark.exporter.page;

import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.signal.Support;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which judgements targets support.
 *
 * @param judged the signals that are asked for
 * @param exposed names of the metrics of a target by its canonical text; empty where not known yet
 */
public record Supported(List<Signal> judged, Function<String, Optional<Set<String>>> exposed) {
  public static final Supported NOT_KNOWN = new Supported(List.of(), target -> Optional.empty());

  public Supported {
    judged = List.copyOf(judged);
  }

  /** How this series comes about; empty where it is not known. */
  Optional<Support> of(SeriesView view) {
    return exposed
        .apply(view.target())
        .map(names -> Support.of(view.signal(), names))
        .filter(Support::isSupported);
  }

  /** Whether it is known yet what the target exposes. */
  boolean isKnown(SeriesView view) {
    return exposed.apply(view.target()).isPresent();
  }

  /** What is asked for and the target of this series cannot give. */
  List<Support> missing(SeriesView view) {
    return exposed
        .apply(view.target())
        .map(
            names ->
                judged.stream()
                    .map(signal -> Support.of(signal, names))
                    .filter(support -> !support.isSupported())
                    .toList())
        .orElse(List.of());
  }
}
