package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Place;
import org.jspecify.annotations.Nullable;

/**
 * Credentials and TLS, as files on Alertmanager's machine: the output is committed, so it holds no
 * secret.
 */
public record HttpConfigSpec(
    Place place,
    @Nullable BasicAuth basicAuth,
    @Nullable Authorization authorization,
    @Nullable Tls tlsConfig,
    @Default("false") boolean followRedirects) {
  /** A user and the file that holds the password. */
  public record BasicAuth(String username, String passwordFile) {}

  /** A header's scheme and the file that holds the token. */
  public record Authorization(@Default("Bearer") String type, String credentialsFile) {}

  /** Whom to trust, and who we are. */
  public record Tls(
      @Nullable String caFile,
      @Nullable String certFile,
      @Nullable String keyFile,
      @Nullable String serverName,
      @Default("false") boolean insecureSkipVerify) {}
}
