package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Key;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A server with the Prometheus API; beside its URL the keys of Prometheus' {@code http_config}.
 *
 * @param givenName what it is called in metrics and pages; absent: its URL
 * @param timeout of one query as a whole
 */
public record SourceConfig(
    @Key("name") @Nullable String givenName,
    URI url,
    @Key("basic_auth") HttpConfig.@Nullable BasicAuth basicAuth,
    HttpConfig.@Nullable Authorization authorization,
    @Key("tls_config") HttpConfig.@Nullable TlsConfig tlsConfig,
    @Key("follow_redirects") @Default("false") boolean followRedirects,
    @Default("30s") Duration timeout) {
  public SourceConfig {
    if (givenName != null && givenName.isBlank()) {
      throw new IllegalArgumentException("name: must not be empty; leave the key out");
    }
    String scheme = url.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme)) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "url: must be http://host or https://host, found \"" + url + "\"");
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException("url: holds credentials; give them as basic_auth");
    }
    if (url.getQuery() != null || url.getFragment() != null) {
      throw new IllegalArgumentException("url: must end with its path, without ? or #");
    }
    if (timeout.toMillis() < 100) {
      throw new IllegalArgumentException("timeout: must be at least 100ms");
    }
    if (basicAuth != null && authorization != null) {
      throw new IllegalArgumentException("give basic_auth or authorization, not both");
    }
  }

  /** What tells it from the other sources. */
  public String name() {
    return givenName == null ? url.toString() : givenName;
  }

  /** How to talk to it. */
  public HttpConfig http() {
    return new HttpConfig(basicAuth, authorization, tlsConfig, followRedirects);
  }
}
