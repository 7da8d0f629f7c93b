package dev.tidemark.toolkit.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The oracle is the library's own writer. */
class PlainTextTest {
  private static final List<ExpositionFormatWriter> LIBRARY =
      List.of(PrometheusTextFormatWriter.create(), OpenMetricsTextFormatWriter.create());
  private static final double[] VALUES = {
    0,
    -0.0,
    1,
    -1,
    9,
    10,
    99,
    100,
    9_999_999,
    -9_999_999,
    1e7,
    -1e7,
    12_345_678,
    0.1,
    -2.5,
    1e-9,
    1e-320,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    1e15,
    Long.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    0.30000000000000004,
    1_700_000_000.123
  };
  private static final String[] TEXTS = {
    "",
    " ",
    "\"",
    "\\",
    "\n",
    "\\n",
    "\"\"\\\\\n\n",
    "a\"b",
    "ü",
    "日本語",
    "a\u0000b",
    "\t\r",
    "😀",
    "\uD800",
    "\uDC00\uD800",
    "x\uD83Dy",
    "plain-5d4f8c7b9-x2x",
    "{}=,# HELP",
    "\u2028",
    "\u0085"
  };

  @ParameterizedTest
  @EnumSource(EscapingScheme.class)
  void writes_the_bytes_of_the_library_for_any_values_and_labels(EscapingScheme escaping)
      throws IOException {
    int plain = 0;
    for (int seed = 0; seed < 400; seed++) {
      MetricSnapshots snapshots = random(new Random(seed));
      if (!PlainText.canWrite(snapshots, escaping)) {
        continue;
      }
      plain++;
      for (ExpositionFormatWriter library : LIBRARY) {
        assertThat(ours(library, snapshots, escaping))
            .as("seed %d, %s, %s", seed, library.getContentType(), escaping)
            .isEqualTo(theirs(library, snapshots, escaping));
      }
    }
    assertThat(plain).isGreaterThan(escaping == EscapingScheme.DOTS_ESCAPING ? 20 : 100);
  }

  @Test
  void writes_a_label_that_is_longer_than_its_buffer() throws IOException {
    Labels labels = Labels.of("a", "x".repeat(200_000), "b", "\"ü\n".repeat(100_000));
    MetricSnapshots snapshots = new MetricSnapshots(gauge("long", labels, 1.5));
    assertThat(ours(LIBRARY.get(0), snapshots, EscapingScheme.DEFAULT))
        .isEqualTo(theirs(LIBRARY.get(0), snapshots, EscapingScheme.DEFAULT));
  }

  @Test
  void leaves_to_the_library_whatever_has_more_than_name_labels_and_value() {
    MetricSnapshot plain = gauge("level", Labels.of("a", "b"), 1);
    Map<String, MetricSnapshots> cases = new LinkedHashMap<>();
    cases.put("another type", new MetricSnapshots(unknown()));
    cases.put("a timestamp", new MetricSnapshots(timed()));
    cases.put("an exemplar", new MetricSnapshots(exemplary()));
    cases.put("one name twice", new MetricSnapshots(plain, gauge("level", Labels.EMPTY, 1)));
    cases.put("a metric with a dot", new MetricSnapshots(gauge("a.b", Labels.EMPTY, 1)));
    cases.put("a label with a dot", new MetricSnapshots(gauge("a", Labels.of("k8s.pod", "b"), 1)));
    cases.put("a label in UTF-8", new MetricSnapshots(gauge("a", Labels.of("größe", "b"), 1)));
    cases.forEach(
        (what, snapshots) ->
            assertThat(PlainText.canWrite(snapshots, EscapingScheme.ALLOW_UTF8))
                .as(what)
                .isFalse());
    MetricSnapshots one = new MetricSnapshots(plain);
    assertThat(PlainText.canWrite(one, EscapingScheme.ALLOW_UTF8)).isTrue();
  }

  private static MetricSnapshots random(Random random) {
    List<MetricSnapshot> all = new ArrayList<>();
    for (int metric = random.nextInt(4); metric >= 0; metric--) {
      Map<Labels, Double> points = new LinkedHashMap<>();
      int names = random.nextInt(4);
      for (int point = random.nextInt(6); point >= 0; point--) {
        String[] keys = new String[names];
        String[] values = new String[names];
        for (int i = 0; i < names; i++) {
          keys[i] = "abc".charAt(i) + (random.nextInt(4) == 0 ? "_x" : "");
          values[i] = text(random);
        }
        points.put(Labels.of(keys, values), value(random));
      }
      String help = random.nextInt(3) == 0 ? text(random) : "Help \"with\" \\ and\nmore.";
      all.add(
          random.nextBoolean() ? gauge("m" + metric, help, points) : counter(metric, help, points));
    }
    return new MetricSnapshots(all);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(TEXTS[random.nextInt(TEXTS.length)]);
    }
    return text.toString();
  }

  private static double value(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> VALUES[random.nextInt(VALUES.length)];
      case 1 -> Double.longBitsToDouble(random.nextLong());
      case 2 -> random.nextInt(20_000_000) - 10_000_000;
      default -> random.nextGaussian() * 1000;
    };
  }

  private static GaugeSnapshot gauge(String name, Labels labels, double value) {
    return gauge(name, "help", Map.of(labels, value));
  }

  private static GaugeSnapshot gauge(String name, String help, Map<Labels, Double> points) {
    return new GaugeSnapshot(
        new MetricMetadata(name, help),
        points.entrySet().stream()
            .map(p -> new GaugeDataPointSnapshot(p.getValue(), p.getKey(), null))
            .toList());
  }

  private static CounterSnapshot counter(int metric, String help, Map<Labels, Double> points) {
    return new CounterSnapshot(
        new MetricMetadata("count" + metric + "_of_x", help),
        points.entrySet().stream()
            .map(
                p ->
                    new CounterSnapshot.CounterDataPointSnapshot(
                        Math.abs(p.getValue()), p.getKey(), null, 0))
            .toList());
  }

  private static UnknownSnapshot unknown() {
    return UnknownSnapshot.builder()
        .name("a")
        .dataPoint(UnknownSnapshot.UnknownDataPointSnapshot.builder().value(1).build())
        .build();
  }

  private static GaugeSnapshot timed() {
    return new GaugeSnapshot(
        new MetricMetadata("a"), List.of(new GaugeDataPointSnapshot(1, Labels.EMPTY, null, 1000)));
  }

  private static GaugeSnapshot exemplary() {
    Exemplar exemplar = Exemplar.builder().value(1).traceId("abc").spanId("def").build();
    return new GaugeSnapshot(
        new MetricMetadata("a"), List.of(new GaugeDataPointSnapshot(1, Labels.EMPTY, exemplar)));
  }

  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private static String ours(
      ExpositionFormatWriter library, MetricSnapshots snapshots, EscapingScheme escaping)
      throws IOException {
    return text(out -> new PlainText(library, escaping, out).write(snapshots));
  }

  private static String theirs(
      ExpositionFormatWriter library, MetricSnapshots snapshots, EscapingScheme escaping)
      throws IOException {
    return text(out -> library.write(out, snapshots, escaping));
  }

  private static String text(Writing writing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writing.to(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
