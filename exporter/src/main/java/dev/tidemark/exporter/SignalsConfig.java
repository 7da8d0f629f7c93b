package dev.tidemark.exporter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.signal.SignalReader;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Default;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which signals to judge.
 *
 * @param include ids; none means the catalogue's defaults and the custom ones
 * @param custom signals in the catalogue's shape
 */
public record SignalsConfig(
    @Default("[]") List<String> include, @Default("[]") List<JsonNode> custom) {
  /** Rates are taken over so many intervals, unless that is longer than {@link #LONGEST}. */
  private static final int INTERVALS = 10;

  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** Over less a rate has gaps whenever a scrape is late. */
  private static final int FEWEST_INTERVALS = 4;

  public SignalsConfig {
    chosen(catalogue(custom, "5m"), include);
  }

  /**
   * The signals themselves, in the order of the catalogue, then what is judged per request.
   *
   * @param requests PromQL of requests a second; blank where nothing is judged per request
   * @param replicaLabels labels that tell copies of a row apart
   */
  List<Signal> judged(String requests, List<String> replicaLabels, Duration interval) {
    Catalogue catalogue = catalogue(custom, window(interval));
    List<Signal> judged = new ArrayList<>(chosen(catalogue, include));
    if (!requests.isBlank()) {
      catalogue.perRequest(requests, replicaLabels).signals().stream()
          .filter(signal -> catalogue.find(signal.id()).isEmpty())
          .forEach(judged::add);
    }
    return judged;
  }

  /** All there are to choose from; what is judged per request is none of them. */
  Catalogue catalogue() {
    return catalogue(custom, "5m");
  }

  /** All signals there are, judged or not. */
  Catalogue known(Duration interval) {
    return catalogue(custom, window(interval));
  }

  private static String window(Duration interval) {
    Duration wanted = interval.multipliedBy(INTERVALS);
    Duration least = interval.multipliedBy(FEWEST_INTERVALS);
    Duration most = LONGEST.compareTo(least) > 0 ? LONGEST : least;
    return PromDuration.format(wanted.compareTo(most) < 0 ? wanted : most);
  }

  private static List<Signal> chosen(Catalogue catalogue, List<String> include) {
    List<String> wrong = new ArrayList<>();
    for (String id : include) {
      if (catalogue.find(id).isEmpty()) {
        String hint = catalogue.nearest(id).map(near -> ", did you mean " + near + "?").orElse("");
        wrong.add("no signal \"" + id + "\"" + hint);
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException("include: " + String.join("; ", wrong));
    }
    return catalogue.signals().stream()
        .filter(s -> include.isEmpty() ? s.byDefault() : include.contains(s.id()))
        .toList();
  }

  private static Catalogue catalogue(List<JsonNode> custom, String window) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < custom.size(); i++) {
      try {
        signals.add(SignalReader.read(custom.get(i), window));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "custom: signal " + (i + 1) + ": " + String.valueOf(e.getMessage()).replace("\n", "; "),
            e);
      }
    }
    return Catalogue.load(window).with(signals);
  }
}
