package dev.tidemark.webhook.step.notify;

import dev.tidemark.toolkit.config.Secret;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.yaml.Key;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Somewhere people read: exactly one of a webhook and a Slack channel. */
public record NotifierConfig(String name, @Nullable Endpoint webhook, @Nullable Endpoint slack) {
  public NotifierConfig {
    if ((webhook == null) == (slack == null)) {
      throw new IllegalArgumentException("needs either webhook or slack");
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      throw new IllegalArgumentException("name: 1 to 63 letters, digits, '.', '_' and '-'");
    }
  }

  Endpoint endpoint() {
    Endpoint endpoint = webhook != null ? webhook : slack;
    if (endpoint == null) {
      throw new IllegalStateException("the constructor lets one of both through");
    }
    return endpoint;
  }

  /**
   * Where to post to.
   *
   * @param url treated as a secret: such URLs are the credential
   * @param urlFile holds the URL; read again each time
   */
  public record Endpoint(
      @Nullable Secret url, @Nullable Path urlFile, @Key("http_config") @Nullable HttpConfig http) {
    public Endpoint {
      if ((url == null) == (urlFile == null)) {
        throw new IllegalArgumentException("needs either url or urlFile");
      }
    }

    /** RuntimeException, without the secret, when it cannot be read or is no address. */
    URI address() {
      Secret secret = urlFile != null ? Secret.fromFile(urlFile) : url;
      if (secret == null) {
        throw new IllegalStateException("the constructor lets one of both through");
      }
      try {
        return URI.create(secret.reveal().strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalStateException("the notifier's URL is no address", null);
      }
    }
  }
}
