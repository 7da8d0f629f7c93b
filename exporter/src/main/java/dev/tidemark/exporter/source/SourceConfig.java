package dev.tidemark.exporter.source;

import dev.tidemark.toolkit.http.CustomHeader;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Key;
import dev.tidemark.toolkit.yaml.Refusals;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  /**
   * What people copy from a browser or a client's configuration. No longer path: that of a server
   * behind Kubernetes' own API begins with {@code /api/v1}, too.
   */
  private static final Pattern ENDPOINT =
      Pattern.compile(
          "(.*)(/graph|/api/v1(/(query|query_range|query_exemplars|series|labels|metadata|read|write))?)/?");

  public SourceConfig {
    Refusals refusals =
        new Refusals()
            .unless(
                givenName == null || !givenName.isBlank(),
                "name: must not be empty; leave the key out")
            .unless((url == null) != replicas.isEmpty(), "give exactly one of url and replicas");
    if (url != null) {
      check(refusals, "url", url);
    }
    replicas.forEach(replica -> check(refusals, "replicas", replica));
    refusals
        .unless(
            replicas.stream().distinct().count() == replicas.size(), "replicas: one stands twice")
        .unless(timeout.toMillis() >= 100, "timeout: must be at least 100ms");
    replicas = List.copyOf(replicas);
    Map<String, CustomHeader> given = headers;
    headers =
        refusals
            .of(() -> new HttpConfig(basicAuth, authorization, tlsConfig, followRedirects, given))
            .map(HttpConfig::headers)
            .orElse(given);
    refusals.throwIfAny();
  }

  private static void check(Refusals refusals, String key, URI url) {
    if (url.getUserInfo() != null) { // nor is it shown
      refusals.unless(false, key + ": holds credentials; give them as basic_auth");
      return;
    }
    String scheme = url.getScheme();
    refusals
        .unless(
            ("http".equals(scheme) || "https".equals(scheme)) && url.getHost() != null,
            key + ": must be http://host or https://host, found \"" + url + "\"")
        .unless(
            url.getQuery() == null && url.getFragment() == null,
            key + ": must end with its path, without ? or #");
    Matcher endpoint = ENDPOINT.matcher(String.valueOf(url.getPath()));
    if (endpoint.matches()) {
      String text = url.toString();
      String right = text.substring(0, text.lastIndexOf(endpoint.group(2)));
      refusals.unless(
          false,
          key
              + ": must be where the server's API begins, \""
              + right
              + "\", found \""
              + url
              + "\"");
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
