package dev.tidemark.toolkit.tls;

import java.net.http.HttpClient;
import java.nio.file.Path;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificates of the tests. */
public final class TestCertificates {
  public static Path file(String name) {
    return Path.of("src/test/resources/tls", name).toAbsolutePath();
  }

  /** A client that trusts our authority and shows a certificate when one is named. */
  public static HttpClient client(@Nullable String certificate) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] keys = null;
    if (certificate != null) {
      keys =
          new KeyManager[] {
            TlsMaterial.identity(
                Pem.file(file(certificate + ".pem")), Pem.file(file(certificate + ".key")))
          };
    }
    TrustManager[] trust = {TlsMaterial.trust(Pem.file(file("ca.pem")))};
    context.init(keys, trust, null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private TestCertificates() {}
}
