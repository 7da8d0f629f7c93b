package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.gomemory.GoMemory;
import dev.tidemark.diagnosis.size.Sizing;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.VectorSample;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Targets that a Prometheus knows, with their figures of now and of an earlier time. */
final class ServerTargets {
  private static final int MOST = 200;
  private static final String NAMES =
      "go_goroutines|go_gc_.*_bytes|go_gc_gogc_percent|go_memstats_.*_bytes|go_sched_gomaxprocs_threads|process_resident_memory_bytes";

  @Option(names = "--prometheus", paramLabel = "URL", description = "A server to ask.")
  private @Nullable URI url;

  @Option(
      names = "--selector",
      paramLabel = "SELECTOR",
      description = "Which targets: {namespace=\"pay\", job=\"payments\"}.")
  private @Nullable String selector;

  @Option(
      names = "--before",
      paramLabel = "DURATION",
      description = "How long ago the earlier sample is taken; default: ${DEFAULT-VALUE}.")
  private String before = "1h";

  @Option(
      names = "--http.config.file",
      paramLabel = "FILE",
      description = "Credentials and TLS for it, with the keys of Prometheus' http_config.")
  private @Nullable Path http;

  boolean isGiven() {
    return url != null;
  }

  /** Samples of each target by its labels, oldest first. */
  Map<String, List<GoMemory>> targets() {
    URI server = url;
    if (server == null || server.getHost() == null) {
      throw new ExitException(Cli.INVALID, "--prometheus: needs http://host:port");
    }
    String matchers = selector == null ? "" : selector.strip();
    if (!matchers.startsWith("{") || !matchers.endsWith("}") || matchers.length() < 4) {
      throw new ExitException(Cli.INVALID, "--selector: needs {label=\"value\", …}");
    }
    String query = "{__name__=~\"" + NAMES + "\", " + matchers.substring(1);
    Instant now = Instant.now();
    try (PrometheusClient client =
        new PrometheusClient(server, config(), ClientLimits.defaults())) {
      Map<String, Map<String, Double>> earlier =
          group(client.query(query, now.minus(PromDuration.parse(before))).samples());
      Map<String, List<GoMemory>> targets = new LinkedHashMap<>();
      group(client.query(query, now).samples())
          .forEach((labels, values) -> add(targets, labels, earlier.get(labels), values));
      if (targets.isEmpty()) {
        throw new ExitException(
            Cli.INVALID,
            server + " has no Go target for " + matchers + " that tells heap and stacks");
      }
      return targets;
    } catch (PrometheusException e) {
      throw new ExitException(Cli.NO_ANSWER, server + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, "--before: " + e.getMessage());
    }
  }

  private static void add(
      Map<String, List<GoMemory>> targets,
      String labels,
      @Nullable Map<String, Double> earlier,
      Map<String, Double> values) {
    List<GoMemory> samples = new ArrayList<>();
    if (earlier != null && Sizing.missing(new GoMemory(earlier)).isEmpty()) {
      samples.add(new GoMemory(earlier));
    }
    GoMemory sample = new GoMemory(values);
    if (targets.size() < MOST && Sizing.missing(sample).isEmpty()) {
      samples.add(sample);
      targets.put(labels, samples);
    }
  }

  private static Map<String, Map<String, Double>> group(List<VectorSample> samples) {
    Map<String, Map<String, Double>> targets = new TreeMap<>();
    for (VectorSample sample : samples) {
      Map<String, String> labels = new TreeMap<>(sample.labels());
      String name = labels.remove("__name__");
      if (name != null) {
        targets.computeIfAbsent(labels.toString(), k -> new HashMap<>()).put(name, sample.value());
      }
    }
    return targets;
  }

  private HttpConfig config() {
    try {
      return http == null ? HttpConfig.NONE : StrictYaml.read(http, HttpConfig.class);
    } catch (ProblemsException e) {
      throw new ExitException(Cli.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
