package dev.tidemark.toolkit.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.config.Secret;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Key;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A web configuration file as it is written: the format and the keys of Prometheus'
 * exporter-toolkit. What this server cannot honour is refused, never ignored.
 */
public record WebConfigFile(
    @Key("tls_server_config") @Nullable TlsServer tlsServer,
    @Key("http_server_config") @Default("{}") HttpServer httpServer,
    @Key("basic_auth_users") @Default("{}") Map<String, BcryptHash> users,
    @Key("rate_limit") @Nullable JsonNode rateLimit) {

  public WebConfigFile {
    if (rateLimit != null) {
      throw new IllegalArgumentException(
          "rate_limit: not supported here: Alertmanager takes its answer 429 for a final no;"
              + " connections, body size and time are bounded anyway");
    }
    for (String user : users.keySet()) {
      if (user.isEmpty() || user.indexOf(':') >= 0) {
        throw new IllegalArgumentException(
            "basic_auth_users: a user's name must not be empty or hold a colon: \"" + user + '"');
      }
    }
  }

  /** Who must show a certificate. */
  public enum ClientAuthType {
    @Key("NoClientCert")
    NONE,
    @Key("VerifyClientCertIfGiven")
    IF_GIVEN,
    @Key("RequireAndVerifyClientCert")
    REQUIRED,
    @Key("RequestClientCert")
    REQUEST,
    @Key("RequireAnyClientCert")
    REQUIRE_ANY
  }

  /** TLS versions. */
  public enum Version {
    @Key("TLS10")
    TLS10,
    @Key("TLS11")
    TLS11,
    @Key("TLS12")
    TLS12,
    @Key("TLS13")
    TLS13
  }

  /** Certificate, key and what is demanded of clients. */
  public record TlsServer(
      @Nullable String cert,
      @Key("cert_file") @Nullable Path certFile,
      @Nullable Secret key,
      @Key("key_file") @Nullable Path keyFile,
      @Key("client_ca") @Nullable String clientCa,
      @Key("client_ca_file") @Nullable Path clientCaFile,
      @Key("client_auth_type") @Default("NoClientCert") ClientAuthType clientAuthType,
      @Key("client_allowed_sans") @Default("[]") List<String> clientAllowedSans,
      @Key("min_version") @Default("TLS12") Version minVersion,
      @Key("max_version") @Default("TLS13") Version maxVersion,
      @Key("cipher_suites") @Default("[]") List<String> cipherSuites,
      @Key("prefer_server_cipher_suites") @Default("true") boolean preferServerCipherSuites,
      @Key("curve_preferences") @Default("[]") List<String> curvePreferences) {

    public TlsServer {
      require((cert == null) != (certFile == null), "give exactly one of cert and cert_file");
      require((key == null) != (keyFile == null), "give exactly one of key and key_file");
      require(clientCa == null || clientCaFile == null, "give client_ca or client_ca_file");
      boolean hasCa = clientCa != null || clientCaFile != null;
      switch (clientAuthType) {
        case NONE -> require(!hasCa, "client_ca_file needs client_auth_type");
        case IF_GIVEN, REQUIRED ->
            require(hasCa, "client_auth_type needs client_ca_file: whose certificates to trust");
        case REQUEST, REQUIRE_ANY ->
            require(
                false,
                "client_auth_type: certificates that nobody verifies are not supported;"
                    + " use RequireAndVerifyClientCert or VerifyClientCertIfGiven");
      }
      require(
          clientAllowedSans.isEmpty() || hasCa,
          "client_allowed_sans: needs client_ca_file and client_auth_type");
      require(
          minVersion.compareTo(Version.TLS12) >= 0,
          "min_version: TLS10 and TLS11 are broken and not supported; use TLS12");
      require(minVersion.compareTo(maxVersion) <= 0, "max_version: is below min_version");
      require(
          preferServerCipherSuites,
          "prefer_server_cipher_suites: the server always prefers its own order");
      require(
          curvePreferences.isEmpty(),
          "curve_preferences: not supported; set Java's jdk.tls.namedGroups instead");
      Set<String> known = supportedCiphers();
      for (String suite : cipherSuites) {
        require(known.contains(suite), "cipher_suites: this Java has no " + suite);
      }
    }

    private static Set<String> supportedCiphers() {
      try {
        return Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has TLS", e);
      }
    }
  }

  /** HTTP/2, and headers of every response. */
  public record HttpServer(
      @Default("true") boolean http2, @Default("{}") Map<String, String> headers) {
    private static final Set<String> KNOWN =
        Set.of(
            "Content-Security-Policy",
            "X-Frame-Options",
            "X-Content-Type-Options",
            "X-XSS-Protection",
            "Strict-Transport-Security");

    public HttpServer {
      headers.forEach(
          (name, value) -> {
            require(
                KNOWN.contains(name),
                "headers: " + name + " cannot be set; these can: " + String.join(", ", KNOWN));
            require(
                value.chars().allMatch(c -> c >= 0x20 && c < 0x7f),
                "headers: the value of " + name + " holds characters that no header may have");
          });
      String frame = headers.getOrDefault("X-Frame-Options", "deny");
      require(
          frame.equalsIgnoreCase("deny") || frame.equalsIgnoreCase("sameorigin"),
          "headers: X-Frame-Options must be deny or sameorigin");
      String sniff = headers.getOrDefault("X-Content-Type-Options", "nosniff");
      require(sniff.equalsIgnoreCase("nosniff"), "headers: X-Content-Type-Options must be nosniff");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
