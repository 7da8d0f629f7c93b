package dev.tidemark.toolkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.toolkit.http.HttpConfig.TlsConfig;
import dev.tidemark.toolkit.http.HttpFailure.Reason;
import dev.tidemark.toolkit.http.OutgoingLimits.Retries;
import dev.tidemark.toolkit.tls.TestCertificates;
import dev.tidemark.toolkit.web.WebOptions;
import dev.tidemark.toolkit.web.WebServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class OutgoingTlsTest {
  private static final Bounds BOUNDS = new Bounds(10_000, Duration.ofSeconds(20));
  private static final OutgoingLimits ONCE =
      OutgoingLimits.defaults().withRetries(new Retries(1, Duration.ofMillis(1)));

  static Vertx vertx;
  @TempDir Path folder;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    vertx.close();
  }

  @ParameterizedTest(name = "{0} at {1}, trusting {2}: {3}")
  @CsvSource(
      textBlock =
          """
          server,       localhost,         ca,       true
          server,       127.0.0.1,         ca,       true
          server,       a.fleet.example,   ca,       true
          server,       A.Fleet.Example,   ca,       true
          server,       fleet.example,     ca,       false
          server,       a.b.fleet.example, ca,       false
          server,       other.example,     ca,       false
          server,       localhost,         other-ca, false
          server,       localhost,         '',       false
          renewed,      127.0.0.1,         ca,       false
          address-only, 127.0.0.1,         ca,       true
          address-only, pinned.example,    ca,       false
          """)
  void trusts_only_a_certificate_for_the_name_it_asked_for(
      String certificate, String host, String authority, boolean trusted) throws Exception {
    TlsConfig tls = tls(authority.isEmpty() ? null : authority + ".pem", null, null, false);
    try (WebServer server = serve(certificate, "");
        OutgoingHttp http = http(tls)) {
      check(http, host, server, trusted);
    }
  }

  @ParameterizedTest(name = "{0} as {1}: {2}")
  @CsvSource({
    "renewed, renewed.example, true",
    "renewed, wrong.example, false",
    "server, x.fleet.example, true"
  })
  void finds_the_server_name_of_the_configuration_instead(
      String certificate, String name, boolean trusted) throws Exception {
    TlsConfig tls = tls("ca.pem", null, name, false);
    try (WebServer server = serve(certificate, "");
        OutgoingHttp http = http(tls)) {
      check(http, "127.0.0.1", server, trusted);
    }
  }

  @Test
  void trusts_anyone_when_told_to() throws Exception {
    try (WebServer server = serve("address-only", "");
        OutgoingHttp http = http(tls(null, null, null, true))) {
      check(http, "other.example", server, true);
    }
  }

  @ParameterizedTest(name = "showing {0}: {1}")
  @CsvSource({"client, true", "'', false"})
  void shows_its_certificate_to_a_server_that_asks(String shown, boolean in) throws Exception {
    String clients =
        ", client_ca_file: "
            + TestCertificates.file("ca.pem")
            + ", client_auth_type: RequireAndVerifyClientCert";
    try (WebServer server = serve("server", clients);
        OutgoingHttp http = http(tls("ca.pem", shown.isEmpty() ? null : shown, null, false))) {
      check(http, "localhost", server, in);
    }
  }

  @Test
  void trusts_a_renewed_authority_and_keeps_the_old_one_while_the_file_is_broken()
      throws Exception {
    Path authority = Files.copy(TestCertificates.file("other-ca.pem"), folder.resolve("ca.pem"));
    TlsConfig tls = new TlsConfig(authority, null, null, null, false);
    try (WebServer server = serve("server", "");
        OutgoingHttp http = http(tls)) {
      check(http, "localhost", server, false);
      replace(authority, "not a certificate", 1);
      check(http, "localhost", server, false);
      replace(authority, Files.readString(TestCertificates.file("ca.pem")), 2);
      check(http, "localhost", server, true);
      replace(authority, "half a cert", 3);
      check(http, "localhost", server, true);
    }
  }

  @Test
  void shows_a_renewed_certificate_once_its_key_is_there_too() throws Exception {
    Path chain = Files.copy(TestCertificates.file("client.pem"), folder.resolve("own.pem"));
    Path key = Files.copy(TestCertificates.file("client.key"), folder.resolve("own.key"));
    TlsConfig tls = new TlsConfig(TestCertificates.file("ca.pem"), chain, key, null, false);
    String clients =
        ", client_ca_file: "
            + TestCertificates.file("ca.pem")
            + ", client_auth_type: RequireAndVerifyClientCert";
    try (WebServer server = serve("server", clients);
        OutgoingHttp http = http(tls)) {
      String first = whoAsks(http, server);
      replace(chain, Files.readString(TestCertificates.file("renewed.pem")), 1);
      assertThat(whoAsks(http, server)).as("the key is still the old one").isEqualTo(first);
      replace(key, Files.readString(TestCertificates.file("renewed.key")), 2);
      assertThat(whoAsks(http, server)).isNotEqualTo(first);
    }
  }

  /** The serial number of the certificate that the server was shown. */
  private static String whoAsks(OutgoingHttp http, WebServer server) throws Exception {
    int port = server.addresses().get(0).getPort();
    URI uri = URI.create("https://localhost:" + port + "/who");
    return http.send(OutgoingRequest.get(uri), BOUNDS).text();
  }

  @Test
  void says_which_certificate_file_cannot_be_read() throws Exception {
    TlsConfig tls = new TlsConfig(folder.resolve("none.pem"), null, null, null, false);
    try (OutgoingHttp http = http(tls)) {
      HttpFailure failure =
          OutgoingHttpTest.failure(
              http, OutgoingRequest.get(URI.create("https://127.0.0.1:1/")), BOUNDS);
      assertThat(failure.reason()).isEqualTo(Reason.CREDENTIALS);
      assertThat(failure).hasMessageContaining("none.pem");
      var checked =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              HttpFailure.class, http::checkCredentials);
      assertThat(checked).hasMessageContaining("none.pem");
    }
  }

  @Test
  void says_that_the_server_speaks_no_tls() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, wire) -> wire.reply(200, "", ""));
        OutgoingHttp http = http(tls("ca.pem", null, null, false))) {
      // the server reads on for the end of a head that never comes in TLS
      HttpFailure failure =
          OutgoingHttpTest.failure(
              http,
              OutgoingRequest.get(URI.create("https://127.0.0.1:" + server.port() + "/")),
              new Bounds(100, Duration.ofMillis(500)));
      assertThat(failure.reason()).isIn(Reason.TLS, Reason.UNREACHABLE);
      assertThat(failure.mayHaveBeenReceived()).isFalse();
    }
  }

  private static void check(OutgoingHttp http, String host, WebServer server, boolean trusted)
      throws Exception {
    URI uri = URI.create("https://" + host + ":" + server.addresses().get(0).getPort() + "/hello");
    if (trusted) {
      assertThat(http.send(OutgoingRequest.get(uri), BOUNDS).text()).isEqualTo("hello");
    } else {
      HttpFailure failure = OutgoingHttpTest.failure(http, OutgoingRequest.get(uri), BOUNDS);
      assertThat(failure.reason()).as(failure.getMessage()).isIn(Reason.TLS, Reason.BROKEN);
    }
  }

  private static void replace(Path file, String text, int age) throws Exception {
    Files.writeString(file, text);
    // renewals lie hours apart; this file's clock is moved instead of waiting for its next tick
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000L + age)));
  }

  private static OutgoingHttp http(TlsConfig tls) {
    Resolver.Names home = host -> AddressPolicyTest.addresses("127.0.0.1");
    return new OutgoingHttp(
        "test",
        new HttpConfig(null, null, tls, false),
        ONCE,
        new Resolver(home, AddressPolicy.any()),
        OutgoingMetrics.none());
  }

  private static TlsConfig tls(
      @Nullable String authority, @Nullable String shown, @Nullable String name, boolean any) {
    return new TlsConfig(
        authority == null ? null : TestCertificates.file(authority),
        shown == null ? null : TestCertificates.file(shown + ".pem"),
        shown == null ? null : TestCertificates.file(shown + ".key"),
        name,
        any);
  }

  private WebServer serve(String certificate, String more) throws Exception {
    Path yaml =
        Files.writeString(
            folder.resolve("web.yml"),
            "tls_server_config: {cert_file: "
                + TestCertificates.file(certificate + ".pem")
                + ", key_file: "
                + TestCertificates.file(certificate + ".key")
                + more
                + "}");
    return WebServer.start(
        vertx,
        WebOptions.of(List.of("127.0.0.1:0"), yaml),
        router -> {
          router.get("/hello").handler(context -> context.end("hello"));
          router.get("/who").handler(context -> context.end(shown(context.request())));
        });
  }

  private static String shown(HttpServerRequest request) {
    try {
      Certificate first = request.sslSession().getPeerCertificates()[0];
      return ((X509Certificate) first).getSerialNumber().toString();
    } catch (SSLPeerUnverifiedException e) {
      return "nobody";
    }
  }
}
