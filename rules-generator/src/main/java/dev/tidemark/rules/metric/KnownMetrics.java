package dev.tidemark.rules.metric;

import dev.tidemark.signals.metric.MetricNames;
import dev.tidemark.signals.metric.SelfMetrics;
import dev.tidemark.signals.signal.Catalogue;
import dev.tidemark.signals.signal.Need;
import dev.tidemark.signals.signal.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Every metric of the common exporters of Go services, and conventions for all others. Immutable.
 */
public final class KnownMetrics {
  private static final String TIDEMARK = "tidemark_";
  private static final Set<String> COUNTS = Set.of("_total", "_bucket", "_sum", "_count");
  private static final List<String> OF_SIGNALS =
      List.of("_expected", "_upper", "_lower", "_baseline", "_growth", "_forecast");
  private static final Set<String> LEVELS =
      Set.of("_info", "_ratio", "_celsius", "_timestamp_seconds", "_time_seconds", "_percent");

  private final Map<String, KnownMetric> metrics = new TreeMap<>();
  private final Set<String> ofItself = new TreeSet<>();

  private KnownMetrics() {}

  public static KnownMetrics load() {
    KnownMetrics known = new KnownMetrics();
    try (InputStream in = KnownMetrics.class.getResourceAsStream("known-metrics.txt")) {
      if (in == null) {
        throw new IllegalStateException("known-metrics.txt is missing");
      }
      known.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("known-metrics.txt cannot be read", e);
    }
    known.addOurs();
    return known;
  }

  /** The metric that a series' name belongs to, a histogram's for its buckets. */
  public Optional<KnownMetric> find(String name) {
    KnownMetric exact = metrics.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    for (String part : List.of("_bucket", "_sum", "_count")) {
      if (name.endsWith(part)) {
        KnownMetric whole = metrics.get(name.substring(0, name.length() - part.length()));
        if (whole != null
            && (whole.type() == KnownMetric.Type.HISTOGRAM
                || whole.type() == KnownMetric.Type.SUMMARY)) {
          return Optional.of(whole);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a program of ours tells it of itself, and of none that it watches. */
  public boolean isOfItself(String name) {
    return find(name).map(KnownMetric::name).filter(ofItself::contains).isPresent();
  }

  /** Whether a series surely or by its name only rises, but for restarts. */
  public boolean isCounter(String name) {
    Optional<KnownMetric> known = find(name);
    if (known.isPresent()) {
      KnownMetric.Type type = known.get().type();
      return type == KnownMetric.Type.COUNTER
          || (!known.get().name().equals(name) && COUNTS.stream().anyMatch(name::endsWith));
    }
    return !isRecorded(name) && COUNTS.stream().anyMatch(name::endsWith);
  }

  /** Whether a series surely or by its name rises and falls. */
  public boolean isGauge(String name) {
    return find(name)
        .map(metric -> metric.type() == KnownMetric.Type.GAUGE)
        .orElse(!isRecorded(name) && LEVELS.stream().anyMatch(name::endsWith));
  }

  /** Whether a recording rule made it, by the convention of colons. */
  public static boolean isRecorded(String name) {
    return name.contains(":");
  }

  /**
   * The name that a mistyped one of a common exporter was to be; empty where it may be anything.
   */
  public Optional<String> meant(String name) {
    if (isRecorded(name) || find(name).isPresent()) {
      return Optional.empty();
    }
    return metrics.keySet().stream().filter(known -> isNear(known, name)).findFirst();
  }

  /** Whether the name can only be one of ours, or of a signal that its users made, and is none. */
  public boolean isNoneOfOurs(String name) {
    return name.startsWith(TIDEMARK)
        && find(name).isEmpty()
        && OF_SIGNALS.stream().noneMatch(name::contains);
  }

  /** Whether two letters at most differ, at one place. */
  private static boolean isNear(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    if (shorter < 8 || Math.max(a.length(), b.length()) - shorter > 1) {
      return false;
    }
    int front = 0;
    while (front < shorter && a.charAt(front) == b.charAt(front)) {
      front++;
    }
    int back = 0;
    while (back < shorter - front
        && a.charAt(a.length() - 1 - back) == b.charAt(b.length() - 1 - back)) {
      back++;
    }
    return front + back >= shorter - 2;
  }

  private void read(String text) {
    String from = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("[")) {
        from = line.substring(1, line.length() - 1);
      } else if (!line.startsWith("#") && !line.isBlank()) {
        String[] gone = line.split(" gone: ", 2);
        String[] words = gone[0].split(" ", 2);
        add(
            words[0],
            KnownMetric.Type.valueOf(words[1].toUpperCase(Locale.ROOT)),
            from,
            gone.length > 1 ? Optional.of(gone[1]) : Optional.empty());
      }
    }
  }

  /** What the exporter and the webhook expose, and what the signals read. */
  private void addOurs() {
    for (Signal signal : Catalogue.load().signals()) {
      Stream.of(
              MetricNames.expected(signal),
              MetricNames.upper(signal),
              MetricNames.lower(signal),
              MetricNames.baseline(signal),
              MetricNames.growth(signal),
              MetricNames.forecast(signal),
              MetricNames.forecastError(signal))
          .forEach(name -> add(name, KnownMetric.Type.GAUGE, "tidemark", Optional.empty()));
      for (Need need : signal.needs()) {
        if (find(need.metric()).isEmpty()) {
          boolean counts = COUNTS.stream().anyMatch(need.metric()::endsWith);
          add(
              need.metric(),
              counts ? KnownMetric.Type.COUNTER : KnownMetric.Type.GAUGE,
              need.from(),
              Optional.empty());
        }
      }
    }
    constants(MetricNames.class)
        .filter(name -> !name.equals(MetricNames.LABEL_REPLICA))
        .forEach(name -> add(name, ours(name), "tidemark", Optional.empty()));
    constants(SelfMetrics.class)
        .forEach(
            name -> {
              add(name, ours(name), "tidemark", Optional.empty());
              ofItself.add(name);
            });
  }

  /** Names of ours that a class holds. */
  private static Stream<String> constants(Class<?> names) {
    return Stream.of(names.getFields())
        .flatMap(field -> constant(field).stream())
        .filter(name -> name.startsWith(TIDEMARK));
  }

  private static KnownMetric.Type ours(String name) {
    if (name.endsWith("_total")) {
      return KnownMetric.Type.COUNTER;
    }
    boolean took = name.endsWith("_seconds") && !name.endsWith("_timestamp_seconds");
    return took && (name.contains("duration") || name.contains("webhook"))
        ? KnownMetric.Type.HISTOGRAM
        : KnownMetric.Type.GAUGE;
  }

  private static Optional<String> constant(Field field) {
    try {
      return Modifier.isStatic(field.getModifiers()) && field.getType() == String.class
          ? Optional.of(String.valueOf(field.get(null)))
          : Optional.empty();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("public and yet not to be read: " + field, e);
    }
  }

  private void add(String name, KnownMetric.Type type, String from, Optional<String> instead) {
    metrics.put(name, new KnownMetric(name, type, from, instead));
  }
}
