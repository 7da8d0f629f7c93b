package dev.tidemark.toolkit.web;

import dev.tidemark.toolkit.tls.Pem;
import dev.tidemark.toolkit.tls.TlsMaterial;
import dev.tidemark.toolkit.web.WebConfigFile.ClientAuthType;
import dev.tidemark.toolkit.web.WebConfigFile.TlsServer;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A web configuration ready for use: its files are read, keys and certificates fit together.
 *
 * @param files it was made of, to watch
 */
record WebConfig(
    Optional<ServerSSLOptions> tls,
    boolean http2,
    Map<String, String> headers,
    Users users,
    List<Path> files) {

  /** No TLS, no users. */
  static WebConfig open() {
    return new WebConfig(Optional.empty(), false, Map.of(), new Users(Map.of()), List.of());
  }

  static WebConfig load(Path file) throws ProblemsException {
    WebConfigFile written = StrictYaml.read(file, WebConfigFile.class);
    TlsServer tls = written.tlsServer();
    List<Path> files =
        tls == null
            ? List.of(file)
            : Stream.of(file, tls.certFile(), tls.keyFile(), tls.clientCaFile())
                .filter(Objects::nonNull)
                .toList();
    return new WebConfig(
        tls == null ? Optional.empty() : Optional.of(options(file, tls, written)),
        written.httpServer().http2(),
        written.httpServer().headers(),
        new Users(written.users()),
        files);
  }

  /** Whether nobody gets in without showing who they are. */
  boolean requiresAuthentication() {
    return !users.isEmpty()
        || tls.map(options -> options.getClientAuth() == ClientAuth.REQUIRED).orElse(false);
  }

  private static ServerSSLOptions options(Path file, TlsServer tls, WebConfigFile written)
      throws ProblemsException {
    try {
      ServerSSLOptions options = new ServerSSLOptions();
      Pem chain = pem("cert", tls.cert(), tls.certFile());
      Pem key = pem("key", tls.key() == null ? null : tls.key().reveal(), tls.keyFile());
      options.setKeyCertOptions(KeyCertOptions.wrap(TlsMaterial.identity(chain, key)));
      if (tls.clientAuthType() != ClientAuthType.NONE) {
        Pem authorities = pem("client_ca", tls.clientCa(), tls.clientCaFile());
        Set<String> names = Set.copyOf(tls.clientAllowedSans());
        options.setTrustOptions(
            TrustOptions.wrap(new AllowedClients(TlsMaterial.trust(authorities), names)));
        options.setClientAuth(
            tls.clientAuthType() == ClientAuthType.REQUIRED
                ? ClientAuth.REQUIRED
                : ClientAuth.REQUEST);
      }
      options.setEnabledSecureTransportProtocols(protocols(tls));
      tls.cipherSuites().forEach(options::addEnabledCipherSuite);
      options.setSslHandshakeTimeout(5).setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
      options.setUseAlpn(written.httpServer().http2());
      return options;
    } catch (IOException | GeneralSecurityException e) {
      throw new ProblemsException(
          Place.wholeFile(file.toString()), "tls_server_config: " + message(e));
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new ProblemsException(
          Place.wholeFile(file.toString()), "tls_server_config: " + e.getMessage());
    }
  }

  private static String message(Exception e) {
    return e instanceof IOException ? "cannot read " + e : String.valueOf(e.getMessage());
  }

  private static Pem pem(String name, @Nullable String inline, @Nullable Path file)
      throws IOException {
    if (inline != null) {
      return Pem.text(name, inline);
    }
    return Pem.file(Objects.requireNonNull(file, name));
  }

  private static Set<String> protocols(TlsServer tls) {
    Set<String> protocols = new LinkedHashSet<>();
    for (WebConfigFile.Version version : WebConfigFile.Version.values()) {
      if (version.compareTo(tls.minVersion()) >= 0 && version.compareTo(tls.maxVersion()) <= 0) {
        protocols.add(version == WebConfigFile.Version.TLS12 ? "TLSv1.2" : "TLSv1.3");
      }
    }
    return protocols;
  }
}
