package dev.tidemark.webhook.step.http;

import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.yaml.Key;
import java.net.URI;

/**
 * Credentials for the http steps whose URL starts with this one (same scheme, host and port, path
 * below).
 *
 * @param url with or without a path
 */
public record EndpointConfig(URI url, @Key("http_config") HttpConfig http) {
  public EndpointConfig {
    String scheme = String.valueOf(url.getScheme());
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("url: must be http or https");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException("url: without query and fragment");
    }
  }

  /** Whether the credentials are for that address. */
  public boolean covers(URI other) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String below = other.getRawPath() == null ? "" : other.getRawPath();
    return origin(url).equals(origin(other))
        && (below.equals(base) || below.startsWith(base + "/"));
  }

  /** {@code http://host:port}, in lower case. */
  static String origin(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(java.util.Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    String host = String.valueOf(uri.getHost()).toLowerCase(java.util.Locale.ROOT);
    return scheme + "://" + host + ":" + port;
  }
}
