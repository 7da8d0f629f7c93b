package dev.tidemark.exporter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Signal;
import dev.tidemark.signals.signal.SignalReader;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Refusals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which signals to judge.
 *
 * @param include ids; none means the catalogue's defaults
 * @param custom signals in the catalogue's shape, judged beside what is included
 */
public record SignalsConfig(
    @Default("[]") List<String> include, @Default("[]") List<JsonNode> custom) {
  /** Rates are taken over so many intervals, unless that is longer than {@link #LONGEST}. */
  private static final int INTERVALS = 10;

  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** Over less a rate has gaps whenever a scrape is late. */
  private static final int FEWEST_INTERVALS = 4;

  public SignalsConfig {
    Refusals refusals = new Refusals();
    List<Signal> own = own(custom, "5m", refusals);
    expressions(custom).stream()
        .filter(one -> one.promql().isRefused())
        .forEach(one -> refusals.unless(false, one.text()));
    Set<String> ids = ids(custom);
    refusals
        .of("custom: ", () -> Catalogue.load("5m").with(own))
        .ifPresent(
            all -> {
              for (String id : include) {
                refusals.unless(
                    all.find(id).isPresent() || ids.contains(id),
                    "include: no signal \"" + id + "\"" + hint(all, id));
              }
            });
    refusals.throwIfAny();
  }

  /** An expression of an own signal, and where it stands. */
  private record Expression(String key, OwnPromql promql) {
    String text() {
      return key + promql.problem();
    }
  }

  private static List<Expression> expressions(List<JsonNode> custom) {
    List<Expression> all = new ArrayList<>();
    for (int i = 0; i < custom.size(); i++) {
      for (String key : List.of("expr", "limit")) {
        String text = custom.get(i).path(key).asText();
        if (!text.isBlank()) { // else it is missing, which is told
          all.add(
              new Expression("custom: signal %d: %s: ".formatted(i + 1, key), OwnPromql.of(text)));
        }
      }
    }
    return all;
  }

  /** Expressions that not every server takes, and why. */
  List<String> doubts() {
    return expressions(custom).stream()
        .filter(one -> one.promql().isDoubted())
        .map(one -> "signals: " + one.text())
        .toList();
  }

  private static String hint(Catalogue all, String id) {
    return all.nearest(id).map(near -> ", did you mean " + near + "?").orElse("");
  }

  private static Set<String> ids(List<JsonNode> custom) {
    return custom.stream().map(signal -> signal.path("id").asText()).collect(Collectors.toSet());
  }

  /**
   * The signals themselves, in the order of the catalogue, then what is judged per request.
   *
   * @param requests PromQL of requests a second; blank where nothing is judged per request
   * @param replicaLabels labels that tell copies of a row apart
   */
  List<Signal> judged(String requests, List<String> replicaLabels, Duration interval) {
    Catalogue catalogue = catalogue(custom, window(interval));
    List<Signal> judged = new ArrayList<>(chosen(catalogue, include, custom));
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

  /** What is included; a signal of one's own is, unless it says that it is no default. */
  private static List<Signal> chosen(
      Catalogue catalogue, List<String> include, List<JsonNode> custom) {
    Set<String> own = ids(custom);
    return catalogue.signals().stream()
        .filter(
            s ->
                include.contains(s.id())
                    || (s.byDefault() && (include.isEmpty() || own.contains(s.id()))))
        .toList();
  }

  private static Catalogue catalogue(List<JsonNode> custom, String window) {
    return Catalogue.load(window).with(own(custom, window, new Refusals()));
  }

  private static List<Signal> own(List<JsonNode> custom, String window, Refusals refusals) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < custom.size(); i++) {
      JsonNode node = custom.get(i);
      try {
        signals.add(SignalReader.read(node, window));
      } catch (IllegalArgumentException e) {
        for (String line : String.valueOf(e.getMessage()).split("\n")) {
          refusals.unless(false, "custom: signal " + (i + 1) + ": " + line);
        }
      }
    }
    return signals;
  }
}
