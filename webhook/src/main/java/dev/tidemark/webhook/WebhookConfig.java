package dev.tidemark.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Key;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.webhook.access.AccessConfig;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.step.http.EndpointConfig;
import dev.tidemark.webhook.step.notify.NotifierConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file; README.md explains every key.
 *
 * @param playbooks globs, relative to this file; empty: notifications are journalled and shown
 * @param cluster the one it may act on; null: none is named
 */
record WebhookConfig(
    @Default("[]") List<Placed<String>> playbooks,
    @Nullable String cluster,
    @Nullable Server alertmanager,
    @Nullable Server prometheus,
    @Nullable JsonNode kubernetes,
    @Default("[]") List<Placed<StaticTarget>> targets,
    @Default("[]") List<Placed<NotifierConfig>> notifiers,
    @Default("[]") List<EndpointConfig> endpoints,
    @Nullable AccessConfig access,
    @Default("{}") Retention retention) {

  WebhookConfig {
    if (kubernetes != null) {
      throw new IllegalArgumentException("kubernetes: is not available yet; list targets instead");
    }
    if (cluster != null && cluster.isBlank()) {
      throw new IllegalArgumentException("cluster: is empty; leave it out or name the cluster");
    }
  }

  /** A server to ask. In short: its URL alone. */
  record Server(URI url, @Key("http_config") @Nullable HttpConfig http) {
    Server {
      String scheme = String.valueOf(url.getScheme());
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw new IllegalArgumentException("url: must be http or https");
      }
    }

    /** The short form. */
    public static Server parse(String text) {
      try {
        URI uri = new URI(text);
        if (uri.getHost() != null) {
          return new Server(uri, null);
        }
      } catch (URISyntaxException e) {
        // one message for all that is no address
      }
      throw new IllegalArgumentException("needs an address such as http://localhost:9090");
    }

    HttpConfig httpOrNone() {
      return http == null ? HttpConfig.NONE : http;
    }
  }

  /**
   * How long things are kept.
   *
   * @param expireAfter silence after which an episode is closed: one and a half times
   *     Alertmanager's repeat_interval
   */
  record Retention(
      @Default("30d") Duration receipts,
      @Default("90d") Duration episodes,
      @Default("6h") Duration expireAfter) {
    Retention {
      if (receipts.isZero() || episodes.isZero() || expireAfter.isZero()) {
        throw new IllegalArgumentException("retention is longer than 0");
      }
    }
  }
}
