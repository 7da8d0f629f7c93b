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
 * @param timeout of one query as a whole
 */
public record SourceConfig(
    URI url,
    @Key("basic_auth") HttpConfig.@Nullable BasicAuth basicAuth,
    HttpConfig.@Nullable Authorization authorization,
    @Key("tls_config") HttpConfig.@Nullable TlsConfig tlsConfig,
    @Key("follow_redirects") @Default("false") boolean followRedirects,
    @Default("30s") Duration timeout) {
  public SourceConfig {
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

  /** How to talk to it. */
  public HttpConfig http() {
    return new HttpConfig(basicAuth, authorization, tlsConfig, followRedirects);
  }
}
