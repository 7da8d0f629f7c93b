package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.http.CustomHeader;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Key;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server with the Prometheus API, or the replicas of one; beside their URLs the keys of
 * Prometheus' {@code http_config}.
 *
 * @param givenName what it is called in metrics and pages; absent: its URLs
 * @param url of the server, where there is one
 * @param replicas of those that scrape the same targets; the first one's samples come first
 * @param timeout of one query as a whole
 */
public record SourceConfig(
    @Key("name") @Nullable String givenName,
    @Nullable URI url,
    @Default("[]") List<URI> replicas,
    @Key("basic_auth") HttpConfig.@Nullable BasicAuth basicAuth,
    HttpConfig.@Nullable Authorization authorization,
    @Key("tls_config") HttpConfig.@Nullable TlsConfig tlsConfig,
    @Key("follow_redirects") @Default("false") boolean followRedirects,
    @Key("http_headers") @Default("{}") Map<String, CustomHeader> headers,
    @Default("30s") Duration timeout) {
  public SourceConfig {
    if (givenName != null && givenName.isBlank()) {
      throw new IllegalArgumentException("name: must not be empty; leave the key out");
    }
    if ((url == null) == replicas.isEmpty()) {
      throw new IllegalArgumentException("give exactly one of url and replicas");
    }
    if (url != null) {
      check("url", url);
    }
    replicas.forEach(replica -> check("replicas", replica));
    if (replicas.stream().distinct().count() < replicas.size()) {
      throw new IllegalArgumentException("replicas: one stands twice");
    }
    replicas = List.copyOf(replicas);
    if (timeout.toMillis() < 100) {
      throw new IllegalArgumentException("timeout: must be at least 100ms");
    }
    HttpConfig checked =
        new HttpConfig(basicAuth, authorization, tlsConfig, followRedirects, headers);
    headers = checked.headers();
  }

  private static void check(String key, URI url) {
    String scheme = url.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme)) || url.getHost() == null) {
      throw new IllegalArgumentException(
          key + ": must be http://host or https://host, found \"" + url + "\"");
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException(key + ": holds credentials; give them as basic_auth");
    }
    if (url.getQuery() != null || url.getFragment() != null) {
      throw new IllegalArgumentException(key + ": must end with its path, without ? or #");
    }
  }

  /** Where to ask: one server, or the replicas of one. */
  public List<URI> urls() {
    return url == null ? replicas : List.of(url);
  }

  /** What tells it from the other sources. */
  public String name() {
    return givenName == null
        ? urls().stream().map(URI::toString).collect(Collectors.joining(","))
        : givenName;
  }

  /** Under which names the metrics tell of it and its replicas. */
  public List<String> told() {
    return Stream.concat(Stream.of(name()), urls().stream().map(URI::toString)).toList();
  }

  /** How to talk to it. */
  public HttpConfig http() {
    return new HttpConfig(basicAuth, authorization, tlsConfig, followRedirects, headers);
  }
}
