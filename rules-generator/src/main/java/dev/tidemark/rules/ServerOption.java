package dev.tidemark.rules;

import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.prometheus.ClientLimits;
import dev.tidemark.toolkit.prometheus.PrometheusClient;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.ScrapedTarget;
import dev.tidemark.toolkit.prometheus.SeriesSink;
import dev.tidemark.toolkit.prometheus.VectorSample;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of verbs that can ask a Prometheus, and the way to it. */
final class ServerOption implements AutoCloseable {
  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      description = "A server to ask; anything with the Prometheus API.")
  private @Nullable String url;

  @Option(
      names = "--http.config.file",
      paramLabel = "FILE",
      description = "Credentials and TLS for it, with the keys of Prometheus' http_config.")
  private @Nullable Path http;

  /** As long as Prometheus works at a query by default. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private @Nullable PrometheusClient client;
  private @Nullable PrometheusClient patient;

  boolean isGiven() {
    return url != null;
  }

  /** The value of an expression that gives one sample or none, now. */
  OptionalDouble one(String expr) {
    try {
      return client().query(expr, now()).samples().stream()
          .mapToDouble(VectorSample::value)
          .findFirst();
    } catch (PrometheusException e) {
      throw unanswered(e);
    }
  }

  /** The rows of an expression, now. */
  List<VectorSample> rows(String expr) {
    try {
      return client().query(expr, now()).samples();
    } catch (PrometheusException e) {
      throw unanswered(e);
    }
  }

  /** As {@link PrometheusClient#queryRange}; what looks back far may take minutes. */
  List<String> range(String expr, Instant start, Instant end, Duration step, SeriesSink sink)
      throws PrometheusException {
    if (patient == null) {
      patient =
          new PrometheusClient(address(), config(), ClientLimits.defaults().withTimeout(LONGEST));
    }
    return patient.queryRange(expr, start, end, step, sink);
  }

  /** Its release, as it says it; empty where it does not. */
  String version() {
    try {
      return client().buildInfo().version();
    } catch (PrometheusException e) {
      // some that have the API do not have this part of it
      if (e.reason() == PrometheusException.Reason.STATUS) {
        return "";
      }
      throw unanswered(e);
    }
  }

  /**
   * What it scrapes; empty where it does not tell, as one that only stores.
   *
   * @param note is told why, where it answers as none that has the API does
   */
  List<ScrapedTarget> targets(Consumer<String> note) {
    try {
      return client().targets();
    } catch (PrometheusException e) {
      switch (e.reason()) {
        case STATUS, QUERY -> {
          // so do those that scrape nothing
        }
        case NOT_JSON, TOO_LARGE ->
            note.accept("what the server says of its targets is left out: " + e.getMessage());
        default -> throw unanswered(e);
      }
      return List.of();
    }
  }

  /** How many samples the server reads for an expression; empty where it does not count them. */
  OptionalLong samples(String expr) {
    try {
      return client().samplesRead(expr, now());
    } catch (PrometheusException e) {
      throw unanswered(e);
    }
  }

  private static Instant now() {
    return InstantSource.system().instant();
  }

  ExitException unanswered(PrometheusException e) {
    String message = String.valueOf(e.getMessage());
    if (e.reason() == PrometheusException.Reason.UNREACHABLE) {
      return new ExitException(
          Cli.NO_ANSWER,
          "Prometheus at %s does not answer: %s; does it run, and is that its address?"
              .formatted(url, message.replaceFirst("^[A-Z]+ \\S+: ", "")));
    }
    boolean named = message.contains(address().getAuthority());
    return new ExitException(Cli.NO_ANSWER, named ? message : url + ": " + message);
  }

  private URI address() {
    return address("--prometheus", url == null ? "" : url);
  }

  /**
   * The address that a flag gives. No request may carry a user or password, and messages would show
   * them; where an address is none, or reads as another one, only the @ tells that it holds them.
   */
  static URI address(String flag, String url) {
    if (url.contains("@")) {
      throw new ExitException(
          Cli.INVALID,
          flag + ": holds a user or password; they belong into basic_auth of --http.config.file");
    }
    try {
      URI address = new URI(url);
      if (address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // as 127.0.0.1:9090, told below
    }
    throw new ExitException(
        Cli.INVALID, flag + ": found " + Shown.text(url) + ", needs http://host:port");
  }

  private PrometheusClient client() {
    if (client == null) {
      client = new PrometheusClient(address(), config(), ClientLimits.defaults());
    }
    return client;
  }

  private HttpConfig config() {
    try {
      return http == null ? HttpConfig.NONE : StrictYaml.read(http, HttpConfig.class);
    } catch (ProblemsException e) {
      throw new ExitException(Cli.INVALID, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    Stream.of(client, patient).flatMap(Stream::ofNullable).forEach(PrometheusClient::close);
  }
}
