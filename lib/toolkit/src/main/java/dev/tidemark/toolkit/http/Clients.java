package dev.tidemark.toolkit.http;

import dev.tidemark.toolkit.http.HttpFailure.Reason;
import dev.tidemark.toolkit.tls.Pem;
import dev.tidemark.toolkit.tls.TlsMaterial;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's clients of one destination: one for each TLS name, because the JDK takes the name from
 * the client when a request goes to an address. Rebuilt when a certificate file changes. Safe for
 * use by several threads.
 */
final class Clients {
  private static final Logger log = LoggerFactory.getLogger(Clients.class);
  // names come from the configuration; more than a few mean redirects to ever new hosts
  private static final int MAX_NAMES = 16;

  private final HttpConfig config;
  private final Duration connectTimeout;
  private final Map<String, HttpClient> byName = new LinkedHashMap<>();
  private List<String> stamps = List.of();

  /** Of files that could not be used: they are told and read once, not with every request. */
  private List<String> unusable = List.of();

  Clients(HttpConfig config, Duration connectTimeout) {
    this.config = config;
    this.connectTimeout = connectTimeout;
  }

  /** The client whose TLS asks for {@code name}; for no name, the JDK checks the URL's host. */
  synchronized HttpClient of(Optional<String> name) throws HttpFailure {
    List<String> now = stamps();
    boolean kept = now.equals(unusable) && byName.containsKey(name.orElse(""));
    if (!now.equals(stamps) && !kept) {
      Map<String, HttpClient> old = Map.copyOf(byName);
      byName.clear();
      try {
        HttpClient fresh = build(name);
        byName.put(name.orElse(""), fresh);
        stamps = now;
        return fresh;
      } catch (HttpFailure e) {
        HttpClient before = old.get(name.orElse(""));
        if (before == null) {
          throw e;
        }
        byName.putAll(old);
        unusable = now;
        log.atWarn().addKeyValue("err", e.getMessage()).log("kept the certificates read before");
        return before;
      }
    }
    HttpClient known = byName.get(name.orElse(""));
    if (known != null) {
      return known;
    }
    if (byName.size() >= MAX_NAMES) {
      byName.remove(byName.keySet().iterator().next());
    }
    HttpClient fresh = build(name);
    byName.put(name.orElse(""), fresh);
    return fresh;
  }

  private HttpClient build(Optional<String> name) throws HttpFailure {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(connectTimeout);
    try {
      builder.sslContext(context(name));
      if (name.isPresent()) {
        SSLParameters parameters = new SSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name.get())));
        builder.sslParameters(parameters);
      }
      return builder.build();
    } catch (IOException | GeneralSecurityException e) {
      throw new HttpFailure(
          Reason.CREDENTIALS, false, "certificates cannot be read: " + message(e), e);
    } catch (IllegalArgumentException e) {
      throw new HttpFailure(Reason.TLS, false, "TLS cannot ask for " + name + ": " + e, e);
    }
  }

  private SSLContext context(Optional<String> name) throws IOException, GeneralSecurityException {
    HttpConfig.TlsConfig tls = config.tlsConfig();
    KeyManager[] identity = null;
    X509ExtendedTrustManager trust;
    if (tls != null && tls.certFile() != null && tls.keyFile() != null) {
      identity =
          new KeyManager[] {
            TlsMaterial.identity(Pem.file(tls.certFile()), Pem.file(tls.keyFile()))
          };
    }
    if (tls != null && tls.insecureSkipVerify()) {
      trust = new AnyTrust();
    } else {
      trust =
          tls != null && tls.caFile() != null
              ? TlsMaterial.trust(Pem.file(tls.caFile()))
              : TlsMaterial.publicTrust();
      if (name.isPresent()) {
        trust = new NamedTrust(trust, name.get());
      }
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity, new TrustManager[] {trust}, null);
    return context;
  }

  private List<String> stamps() {
    HttpConfig.TlsConfig tls = config.tlsConfig();
    List<String> found = new ArrayList<>();
    if (tls != null) {
      for (Path file : new Path[] {tls.caFile(), tls.certFile(), tls.keyFile()}) {
        if (file != null) {
          found.add(stamp(file));
        }
      }
    }
    return found;
  }

  private static String stamp(Path file) {
    try {
      return file.toRealPath() + " " + Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      return file + " " + e;
    }
  }

  private static String message(Exception e) {
    return e instanceof IOException ? e.toString() : String.valueOf(e.getMessage());
  }
}
