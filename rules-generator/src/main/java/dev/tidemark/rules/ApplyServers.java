package dev.tidemark.rules;

import dev.tidemark.rules.apply.ServerApi;
import dev.tidemark.rules.apply.Waiting;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that name the servers to apply to. */
final class ApplyServers {
  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      description = "Prometheus, or what has its API, that loads the files of --out.")
  private @Nullable String prometheus;

  @Option(
      names = "--alertmanager",
      paramLabel = "URL",
      description = "Alertmanager that loads alertmanager/alertmanager.yml of --out.")
  private @Nullable String alertmanager;

  @Option(names = "--mimir", paramLabel = "URL", description = "Mimir, whose ruler has an API.")
  private @Nullable String mimir;

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      description = "Of Mimir: the header X-Scope-OrgID.")
  private @Nullable String tenant;

  @Option(
      names = "--http.config.file",
      paramLabel = "FILE",
      description = "Credentials and TLS for --prometheus or --mimir, as Prometheus' http_config.")
  private @Nullable Path http;

  @Option(
      names = "--alertmanager.http.config.file",
      paramLabel = "FILE",
      description = "The same for --alertmanager.")
  private @Nullable Path alertmanagerHttp;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "How long to wait for servers to show what was written and, Prometheus, to evaluate it"
              + " once. Default: 10s, and for the evaluation 10s beyond the longest interval of a"
              + " group.")
  private @Nullable String wait;

  /**
   * @param waits is told for what they wait, while they do
   */
  Optional<ServerApi> prometheus(Consumer<String> waits) {
    return api("Prometheus", "--prometheus", prometheus, http).map(a -> a.made(Map.of(), waits));
  }

  /** As {@link #prometheus}. */
  Optional<ServerApi> alertmanager(Consumer<String> waits) {
    return api("Alertmanager", "--alertmanager", alertmanager, alertmanagerHttp)
        .map(a -> a.made(Map.of(), waits));
  }

  /** As {@link #prometheus}. */
  Optional<ServerApi> mimir(Consumer<String> waits) {
    Map<String, String> headers = tenant == null ? Map.of() : Map.of("X-Scope-OrgID", tenant);
    return api("Mimir", "--mimir", mimir, http).map(a -> a.made(headers, waits));
  }

  /** Where a server is, and how to be let in. */
  private record Address(String name, URI url, HttpConfig config) {
    ServerApi made(Map<String, String> headers, Consumer<String> waits) {
      return new ServerApi(name, url, config, headers, waits);
    }
  }

  boolean isMimir() {
    return mimir != null;
  }

  boolean areLoaders() {
    return prometheus != null || alertmanager != null;
  }

  Waiting waiting() {
    if (wait == null) {
      return new Waiting(Optional.empty());
    }
    try {
      Duration duration = PromDuration.parse(wait);
      if (duration.compareTo(Waiting.LONGEST) <= 0) {
        return new Waiting(Optional.of(duration));
      }
      throw new ExitException(Cli.INVALID, "--wait: needs 1h or less");
    } catch (IllegalArgumentException e) {
      throw new ExitException(Cli.INVALID, "--wait: " + e.getMessage());
    }
  }

  private static Optional<Address> api(
      String name, String flag, @Nullable String url, @Nullable Path config) {
    if (url == null) {
      return Optional.empty();
    }
    URI address = ServerOption.address(flag, url);
    try {
      HttpConfig read =
          config == null ? HttpConfig.NONE : StrictYaml.read(config, HttpConfig.class);
      return Optional.of(new Address(name, address, read));
    } catch (ProblemsException e) {
      throw new ExitException(Cli.INVALID, String.valueOf(e.getMessage()));
    }
  }
}
