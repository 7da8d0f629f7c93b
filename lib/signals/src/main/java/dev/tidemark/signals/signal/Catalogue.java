package dev.tidemark.signals.signal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Every signal there is, in the order of {@code signals.yaml}. Immutable. */
public final class Catalogue {
  /** What was read already, by the window of rates. */
  private static final Map<String, Catalogue> LOADED = new ConcurrentHashMap<>();

  private final Map<String, Signal> signals;
  private final Map<String, Need> needs = new HashMap<>();

  private Catalogue(Map<String, Signal> signals) {
    this.signals = signals;
    signals.values().forEach(s -> s.needs().forEach(n -> needs.putIfAbsent(n.metric(), n)));
  }

  /** The catalogue that ships with this library; rates are taken over five minutes. */
  public static Catalogue load() {
    return load("5m");
  }

  /**
   * The same with rates over another time.
   *
   * @param window a Prometheus duration; at least four scrape intervals, or rates have gaps
   */
  public static Catalogue load(String window) {
    return LOADED.computeIfAbsent(window, w -> of(SignalReader.readAll(Shipped.ALL, w)));
  }

  /** The file itself, read once: that takes far longer than what is made of it. */
  private static final class Shipped {
    static final JsonNode ALL = read();

    private Shipped() {}
  }

  private static JsonNode read() {
    try (InputStream in = Catalogue.class.getResourceAsStream("signals.yaml")) {
      if (in == null) {
        throw new IllegalStateException("signals.yaml is missing beside " + Catalogue.class);
      }
      return SignalReader.tree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("signals.yaml cannot be read", e);
    }
  }

  /** A catalogue of exactly these; an id that stands twice is an error. */
  public static Catalogue of(List<Signal> signals) {
    Map<String, Signal> byId = new LinkedHashMap<>();
    for (Signal signal : signals) {
      if (byId.put(signal.id(), signal) != null) {
        throw new IllegalArgumentException("id: \"" + signal.id() + "\" stands twice");
      }
    }
    return new Catalogue(byId);
  }

  public List<Signal> signals() {
    return List.copyOf(signals.values());
  }

  public Optional<Signal> find(String id) {
    return Optional.ofNullable(signals.get(id));
  }

  /** A metric that some signal reads. */
  public Optional<Need> need(String metric) {
    return Optional.ofNullable(needs.get(metric));
  }

  /**
   * This catalogue and a user's own signals; one with the id of ours takes its place (so {@code
   * blocked_p99} can read the user's histogram).
   */
  public Catalogue with(List<Signal> custom) {
    Map<String, Signal> both = new LinkedHashMap<>(signals);
    both.putAll(of(custom).signals);
    return new Catalogue(both);
  }

  /**
   * This catalogue and what is judged per request.
   *
   * @param requests PromQL of requests a second, its rows with the labels of a target or of a pod
   * @param replicas labels that tell copies of a row apart
   */
  public Catalogue perRequest(String requests, List<String> replicas) {
    return with(new PerRequest(requests, replicas).of(this));
  }

  /** The known id that is nearest to a mistyped one, for messages. */
  public Optional<String> nearest(String id) {
    List<String> ids = new ArrayList<>(signals.keySet());
    return Nearest.of(id, ids);
  }
}
