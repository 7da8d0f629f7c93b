package dev.tidemark.toolkit.http;

import dev.tidemark.toolkit.config.Secret;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Key;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to talk to an HTTP server, with the keys of Prometheus' {@code http_config}. Files are read
 * again when they change. Redirects are not followed unless asked for.
 */
public record HttpConfig(
    @Key("basic_auth") @Nullable BasicAuth basicAuth,
    @Nullable Authorization authorization,
    @Key("tls_config") @Nullable TlsConfig tlsConfig,
    @Key("follow_redirects") @Default("false") boolean followRedirects,
    @Key("http_headers") @Default("{}") Map<String, CustomHeader> headers) {

  /** No credentials, the JDK's certificate authorities. */
  public static final HttpConfig NONE = new HttpConfig(null, null, null, false);

  public HttpConfig {
    if (basicAuth != null && authorization != null) {
      throw new IllegalArgumentException("give basic_auth or authorization, not both");
    }
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    headers.keySet().forEach(CustomHeader::checkName);
  }

  /** No headers beside the credentials. */
  public HttpConfig(
      @Nullable BasicAuth basicAuth,
      @Nullable Authorization authorization,
      @Nullable TlsConfig tlsConfig,
      boolean followRedirects) {
    this(basicAuth, authorization, tlsConfig, followRedirects, Map.of());
  }

  /** User and password; the password inline or in a file. */
  public record BasicAuth(
      String username,
      @Nullable Secret password,
      @Key("password_file") @Nullable Path passwordFile) {
    public BasicAuth {
      exactlyOne("password", password, "password_file", passwordFile);
      if (username.isEmpty() || username.indexOf(':') >= 0) {
        throw new IllegalArgumentException("username must not be empty or hold a colon");
      }
    }

    Secret secret() {
      return chosen(password, passwordFile);
    }
  }

  /** An Authorization header: {@code Bearer} unless another type is named. */
  public record Authorization(
      @Default("Bearer") String type,
      @Nullable Secret credentials,
      @Key("credentials_file") @Nullable Path credentialsFile) {
    public Authorization {
      exactlyOne("credentials", credentials, "credentials_file", credentialsFile);
      if (type.equalsIgnoreCase("basic")) {
        throw new IllegalArgumentException("type Basic is written as basic_auth");
      }
      if (!type.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
        throw new IllegalArgumentException("type must be one word, such as Bearer");
      }
    }

    Secret secret() {
      return chosen(credentials, credentialsFile);
    }
  }

  /**
   * @param caFile the only authorities to trust; without it those of the JDK
   * @param certFile our certificate chain, for servers that ask for one; with {@code keyFile}
   * @param serverName the name to ask for and to find in the certificate, instead of the URL's
   * @param insecureSkipVerify accepts any certificate of anyone
   */
  public record TlsConfig(
      @Key("ca_file") @Nullable Path caFile,
      @Key("cert_file") @Nullable Path certFile,
      @Key("key_file") @Nullable Path keyFile,
      @Key("server_name") @Nullable String serverName,
      @Key("insecure_skip_verify") @Default("false") boolean insecureSkipVerify) {
    public TlsConfig {
      if ((certFile == null) != (keyFile == null)) {
        throw new IllegalArgumentException("cert_file and key_file belong together");
      }
    }
  }

  private static void exactlyOne(
      String inline, @Nullable Secret value, String byFile, @Nullable Path file) {
    if ((value == null) == (file == null)) {
      throw new IllegalArgumentException("give exactly one of " + inline + " and " + byFile);
    }
  }

  private static Secret chosen(@Nullable Secret value, @Nullable Path file) {
    if (value != null) {
      return value;
    }
    if (file != null) {
      return Secret.fromFile(file);
    }
    throw new IllegalStateException("the constructor lets one of both through");
  }
}
